using System.Runtime.InteropServices;

namespace Gateway.Bench.Embedding.Onnx;

/// <summary>An ONNX graph being put together; its field numbers are those of onnx.proto.</summary>
public sealed class OnnxGraph
{
    private const int FloatType = 1;
    private const int Int8Type = 3;
    private const int Int64Type = 7;
    private readonly ProtoWriter _graph = new();
    private readonly HashSet<string> _constants = [];
    private int _nodes;

    /// <summary>Adds a node and returns the name of its first output.</summary>
    public string Node(string kind, string[] inputs, params ReadOnlySpan<(string Name, object Value)> attributes) =>
        Nodes(kind, inputs, 1, attributes)[0];

    /// <summary>Adds a node and returns the names of its outputs.</summary>
    public string[] Nodes(string kind, string[] inputs, int outputs, params ReadOnlySpan<(string Name, object Value)> attributes)
    {
        var node = new ProtoWriter();
        var number = _nodes++;
        foreach (var input in inputs)
            node.Text(1, input);
        string[] names = [.. Enumerable.Range(0, outputs).Select(i => $"n{number}.{i}")];
        foreach (var name in names)
            node.Text(2, name);
        node.Text(3, $"n{number}").Text(4, kind);
        foreach (var (name, value) in attributes)
            node.Message(5, Attribute(name, value));
        _graph.Message(1, node);
        return names;
    }

    public string Constant(string name, ReadOnlySpan<float> values, params long[] shape) =>
        Constant(name, FloatType, MemoryMarshal.AsBytes(values), shape);

    public string Constant(string name, ReadOnlySpan<sbyte> values, params long[] shape) =>
        Constant(name, Int8Type, MemoryMarshal.AsBytes(values), shape);

    public string Constant(string name, ReadOnlySpan<long> values, params long[] shape) =>
        Constant(name, Int64Type, MemoryMarshal.AsBytes(values), shape);

    /// <summary>The whole model.</summary>
    /// <param name="result">What its output is made of.</param>
    /// <param name="dimensions">The output's length.</param>
    public byte[] Build(string result, int dimensions)
    {
        _graph.Message(1, new ProtoWriter().Text(1, result).Text(2, "sentence_embedding").Text(4, "Identity"));
        _graph.Text(2, "sentence encoder");
        foreach (var input in (string[])["input_ids", "attention_mask"])
            _graph.Message(11, Value(input, Int64Type, Dimension("batch"), Dimension("length")));
        _graph.Message(12, Value("sentence_embedding", FloatType, Dimension("batch"), new ProtoWriter().Number(1, dimensions)));
        return new ProtoWriter()
            .Number(1, 8).Text(2, "Gateway.Bench.Embedding").Message(7, _graph)
            .Message(8, new ProtoWriter().Text(1, "").Number(2, 17))
            .ToArray();
    }

    private string Constant(string name, int type, ReadOnlySpan<byte> bytes, long[] shape)
    {
        if (!_constants.Add(name))
            return name;
        var tensor = new ProtoWriter();
        foreach (var size in shape)
            tensor.Number(1, size);
        _graph.Message(5, tensor.Number(2, type).Text(8, name).Bytes(9, bytes));
        return name;
    }

    private static ProtoWriter Attribute(string name, object value)
    {
        var attribute = new ProtoWriter().Text(1, name);
        switch (value)
        {
            case float number:
                return attribute.Float(2, number).Number(20, 1);
            case long[] numbers:
                foreach (var number in numbers)
                    attribute.Number(8, number);
                return attribute.Number(20, 7);
            default:
                return attribute.Number(3, Convert.ToInt64(value, null)).Number(20, 2);
        }
    }

    private static ProtoWriter Dimension(string name) => new ProtoWriter().Text(2, name);

    private static ProtoWriter Value(string name, int type, params ProtoWriter[] dimensions)
    {
        var shape = new ProtoWriter();
        foreach (var dimension in dimensions)
            shape.Message(1, dimension);
        var tensor = new ProtoWriter().Number(1, type).Message(2, shape);
        return new ProtoWriter().Text(1, name).Message(2, new ProtoWriter().Message(1, tensor));
    }
}
