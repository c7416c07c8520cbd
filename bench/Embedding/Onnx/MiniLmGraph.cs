using Gateway.Bench.Embedding.Weights;

namespace Gateway.Bench.Embedding.Onnx;

/// <summary>all-MiniLM-L6-v2 as an ONNX graph, mean pooling and unit length included: in floats, or with signed bytes for its weights.</summary>
/// <param name="weights">The model's tensors.</param>
/// <param name="most">The largest byte a weight may become; 0 for floats. 63 keeps pairwise sums within 16 bits, so that processors with and
/// without dot-product instructions come to the same vector.</param>
public sealed class MiniLmGraph(Safetensors weights, int most)
{
    private const int Width = 384;
    private const int Inner = 1536;
    private const int Heads = 12;
    private const int HeadWidth = Width / Heads;
    private const int Layers = 6;
    private const int Pieces = 30522;
    private const int Places = 512;
    private readonly OnnxGraph _graph = new();

    public byte[] Build()
    {
        var mask = _graph.Node("Cast", ["attention_mask"], ("to", 1));
        var away = _graph.Node("Mul", [_graph.Node("Sub", [One, mask]), _graph.Constant("far", [-10000f])]);
        away = _graph.Node("Unsqueeze", [away, _graph.Constant("axes12", [1L, 2L], 2)]);
        var x = Normalised(Embedded(), "embeddings.LayerNorm");
        for (var layer = 0; layer < Layers; layer++)
            x = Layer(x, away, $"encoder.layer.{layer}.");
        var masked = _graph.Node("Mul", [x, _graph.Node("Unsqueeze", [mask, _graph.Constant("axis-1", [-1L], 1)])]);
        var sum = _graph.Node("ReduceSum", [masked, _graph.Constant("axis1", [1L], 1)], ("keepdims", 0));
        var count = _graph.Node("ReduceSum", [mask, "axis1"], ("keepdims", 1));
        var mean = _graph.Node("Div", [sum, count]);
        var length = _graph.Node("ReduceL2", [mean], ("axes", (long[])[1]), ("keepdims", 1));
        return _graph.Build(_graph.Node("Div", [mean, length]), Width);
    }

    private string One => _graph.Constant("one", [1f]);

    private string Embedded()
    {
        var words = Words();
        var shape = _graph.Node("Shape", ["input_ids"]);
        var length = _graph.Node("Slice", [shape, _graph.Constant("from1", [1L], 1), _graph.Constant("to2", [2L], 1), Zero]);
        var places = _graph.Constant("places", weights.Read("embeddings.position_embeddings.weight"), Places, Width);
        var here = _graph.Node("Slice", [places, Zero, length, Zero]);
        var type = _graph.Constant("type0", weights.Read("embeddings.token_type_embeddings.weight").AsSpan(0, Width), Width);
        return _graph.Node("Add", [_graph.Node("Add", [words, here]), type]);
    }

    private string Zero => _graph.Constant("zero", [0L], 1);

    private string Words()
    {
        var all = weights.Read("embeddings.word_embeddings.weight");
        if (most == 0)
            return _graph.Node("Gather", [_graph.Constant("words", all, Pieces, Width), "input_ids"]);
        // A scale for each word: the table is only looked up, so all 8 bits are used.
        var (numbers, scales) = Quantised.Rows(all, Width, sbyte.MaxValue);
        var bytes = _graph.Node("Gather", [_graph.Constant("words", numbers, Pieces, Width), "input_ids"]);
        var scale = _graph.Node("Gather", [_graph.Constant("words.scale", scales, Pieces, 1), "input_ids"]);
        return _graph.Node("Mul", [_graph.Node("Cast", [bytes], ("to", 1)), scale]);
    }

    private string Normalised(string x, string name) => _graph.Node(
        "LayerNormalization",
        [x, _graph.Constant(name + ".g", weights.Read(name + ".weight"), Width), _graph.Constant(name + ".b", weights.Read(name + ".bias"), Width)],
        ("axis", -1), ("epsilon", 1e-12f));

    private string Layer(string x, string away, string name)
    {
        var input = Activations(x);
        var query = Heading(Linear(x, input, name + "attention.self.query", Width, Width), [0, 2, 1, 3]);
        var key = Heading(Linear(x, input, name + "attention.self.key", Width, Width), [0, 2, 3, 1]);
        var value = Heading(Linear(x, input, name + "attention.self.value", Width, Width), [0, 2, 1, 3]);
        var scores = _graph.Node("Mul", [_graph.Node("MatMul", [query, key]), _graph.Constant("scale", [1 / MathF.Sqrt(HeadWidth)])]);
        var shares = _graph.Node("Softmax", [_graph.Node("Add", [scores, away])], ("axis", -1));
        var seen = _graph.Node("Transpose", [_graph.Node("MatMul", [shares, value])], ("perm", (long[])[0, 2, 1, 3]));
        seen = _graph.Node("Reshape", [seen, _graph.Constant("shape3", [0L, 0L, Width], 3)]);
        var said = Linear(seen, Activations(seen), name + "attention.output.dense", Width, Width);
        x = Normalised(_graph.Node("Add", [said, x]), name + "attention.output.LayerNorm");
        var wide = Gelu(Linear(x, Activations(x), name + "intermediate.dense", Width, Inner));
        var narrow = Linear(wide, Activations(wide), name + "output.dense", Inner, Width);
        return Normalised(_graph.Node("Add", [narrow, x]), name + "output.LayerNorm");
    }

    private string Heading(string x, long[] order) => _graph.Node(
        "Transpose", [_graph.Node("Reshape", [x, _graph.Constant("shape4", [0L, 0L, Heads, HeadWidth], 4)])], ("perm", order));

    private string Gelu(string x)
    {
        var error = _graph.Node("Erf", [_graph.Node("Div", [x, _graph.Constant("root2", [MathF.Sqrt(2)])])]);
        return _graph.Node("Mul", [_graph.Node("Mul", [x, _graph.Node("Add", [error, One])]), _graph.Constant("half", [0.5f])]);
    }

    private string[] Activations(string x) => most == 0 ? [] : _graph.Nodes("DynamicQuantizeLinear", [x], 3);

    // Weights lie output by output; the graph wants them input by input.
    private string Linear(string x, string[] bytes, string name, int from, int to)
    {
        var all = weights.Read(name + ".weight");
        var bias = _graph.Constant(name + ".b", weights.Read(name + ".bias"), to);
        if (most == 0)
            return _graph.Node("Add", [_graph.Node("MatMul", [x, _graph.Constant(name, Quantised.Turned(all, to, from), from, to)]), bias]);
        var (numbers, scales) = Quantised.Rows(all, from, most);
        var turned = _graph.Constant(name, Quantised.Turned(numbers, to, from), from, to);
        var product = _graph.Node("MatMulInteger", [bytes[0], turned, bytes[2]]);
        var scale = _graph.Node("Mul", [bytes[1], _graph.Constant(name + ".scale", scales, to)]);
        return _graph.Node("Add", [_graph.Node("Mul", [_graph.Node("Cast", [product], ("to", 1)), scale]), bias]);
    }
}
