using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Gateway.Bench.Embedding.Onnx;
using Gateway.Bench.Embedding.Table;
using Gateway.Bench.Embedding.Weights;
using Gateway.Caching.Embedding.Encoder;
using Gateway.Caching.Embedding.WordPiece;

namespace Gateway.Bench.Embedding.Commands;

/// <summary>Makes the vocabulary, the encoder and the table from the model's package.</summary>
public sealed class MakeCommand : IEmbeddingCommand
{
    private const int TableWidth = 256;

    public string Usage => "PACKAGE OUT  the folder of the unpacked npm package, and where the artefacts go";

    public int Run(string[] args, TextWriter output)
    {
        if (args.Length < 2)
            throw new FormatException("make needs two folders.");
        var (package, target) = (args[0], args[1]);
        var pieces = Pieces(Path.Combine(package, "model", "tokenizer.json"));
        Save(Path.Combine(target, "minilm-vocab.txt"), Encoding.UTF8.GetBytes(string.Join('\n', pieces) + "\n"), output);

        var weights = Safetensors.Load(Path.Combine(package, "model", "model.fp16.safetensors"));
        var most = args.Length > 2 ? int.Parse(args[2]) : 63;
        Save(Path.Combine(target, "minilm-int8.onnx"), new MiniLmGraph(weights, most).Build(), output);
        var floats = new MiniLmGraph(weights, 0).Build();
        if (args.Length > 3)
            Save(Path.Combine(args[3], "minilm-fp32.onnx"), floats, output);

        var vocabulary = new WordPieceVocabulary(pieces);
        using var encoder = new SentenceEncoder(floats, TokenPooling.Mean);
        var vectors = TableFile.Vectors(encoder, pieces.Length, vocabulary.Start, vocabulary.End);
        var rows = PrincipalAxes.Project(vectors, encoder.Dimensions, TableWidth);
        TableFile.Weigh(rows, TableWidth, [0, vocabulary.Start, vocabulary.End]);
        Save(Path.Combine(target, "minilm.table"), TableFile.Write(rows, TableWidth), output);
        return 0;
    }

    private static string[] Pieces(string path)
    {
        using var tokenizer = JsonDocument.Parse(File.ReadAllBytes(path));
        var entries = tokenizer.RootElement.GetProperty("model").GetProperty("vocab").EnumerateObject();
        return [.. entries.OrderBy(entry => entry.Value.GetInt32()).Select(entry => entry.Name)];
    }

    private static void Save(string path, byte[] bytes, TextWriter output)
    {
        File.WriteAllBytes(path, bytes);
        output.WriteLine($"{Path.GetFileName(path),-18} {bytes.Length,10:N0} bytes  sha256 {Convert.ToHexStringLower(SHA256.HashData(bytes))}");
    }
}
