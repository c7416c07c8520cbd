using System.Numerics.Tensors;
using Gateway.Caching.Embedding.Builtin;
using Gateway.Caching.Embedding.Encoder;
using Gateway.Caching.Embedding.Table;
using Gateway.Caching.Semantic.Comparison;

namespace Gateway.Bench.Embedding.Commands;

/// <summary>Says how near asks of a file's pairs are, by the table, by the encoder and, where it is given, by the encoder in floats.</summary>
public sealed class SimilarityCommand : IEmbeddingCommand
{
    private static readonly float[] Bars = [0.7f, 0.8f, 0.85f, 0.9f, 0.95f];

    public string Usage => "FILE [MODEL]  pairs as for compare, and perhaps another encoder's file: similarities, and what passes at which bar";

    public int Run(string[] args, TextWriter output)
    {
        if (args.Length == 0)
            throw new FormatException("similarity needs a file.");
        var table = TableEmbedder.CreateBuiltin();
        using var encoder = BuiltinModel.CreateEncoder();
        using var exact = args.Length > 1 ? new SentenceEncoder(File.ReadAllBytes(args[1]), TokenPooling.Mean) : null;
        var rows = new List<(string Kind, float Table, float Encoder, float Exact, bool Same)>();
        foreach (var line in File.ReadLines(args[0]))
        {
            if (line.StartsWith('#') || line.Split('\t') is not [var kind, var ask, var other, ..])
                continue;
            float[] a = new float[table.Dimensions], b = new float[table.Dimensions];
            if (table.Embed(ask, a) is not null || table.Embed(other, b) is not null)
                continue;
            rows.Add((
                kind, TensorPrimitives.Dot<float>(a, b), Similarity(encoder, ask, other), exact is null ? 0 : Similarity(exact, ask, other),
                AskComparison.Find(ask, other) is null));
        }
        Write(rows, exact is not null, output);
        return 0;
    }

    private static void Write(List<(string Kind, float Table, float Encoder, float Exact, bool Same)> rows, bool hasExact, TextWriter output)
    {
        var kinds = rows.GroupBy(row => row.Kind).Where(kind => rows.Count < 1000 || kind.Count() > 100).ToList();
        output.WriteLine("| kind | pairs | table, mean | encoder, mean |" + string.Concat(Bars.Select(bar => $" encoder ≥ {bar:0.00} | and same |")));
        output.WriteLine("|---|---|---|---|" + string.Concat(Bars.Select(_ => "---|---|")));
        foreach (var kind in kinds.OrderBy(kind => kind.Key, StringComparer.Ordinal))
        {
            output.Write($"| {kind.Key} | {kind.Count()} | {kind.Average(row => row.Table):0.000} | {kind.Average(row => row.Encoder):0.000} |");
            foreach (var bar in Bars)
                output.Write($" {kind.Count(row => row.Encoder >= bar)} | {kind.Count(row => row.Encoder >= bar && row.Same)} |");
            output.WriteLine();
        }
        if (hasExact)
        {
            var errors = rows.Select(row => Math.Abs(row.Encoder - row.Exact)).Order().ToList();
            output.WriteLine($"\nencoder against floats: mean error {errors.Average():0.0000}, p99 {errors[(int)(errors.Count * 0.99)]:0.0000}, most {errors[^1]:0.0000}");
        }
        output.WriteLine($"table against encoder: correlation {Correlation(rows):0.000}");
    }

    private static double Correlation(List<(string Kind, float Table, float Encoder, float Exact, bool Same)> rows)
    {
        double meanA = rows.Average(row => row.Table), meanB = rows.Average(row => row.Encoder);
        var both = rows.Sum(row => (row.Table - meanA) * (row.Encoder - meanB));
        return both / Math.Sqrt(rows.Sum(row => Math.Pow(row.Table - meanA, 2)) * rows.Sum(row => Math.Pow(row.Encoder - meanB, 2)));
    }

    private static float Similarity(SentenceEncoder encoder, string ask, string other)
    {
        float[] a = new float[encoder.Dimensions], b = new float[encoder.Dimensions];
        Encode(encoder, ask, a);
        Encode(encoder, other, b);
        return TensorPrimitives.Dot<float>(a, b);
    }

    private static void Encode(SentenceEncoder encoder, string text, float[] vector)
    {
        var ids = new int[256];
        var count = BuiltinModel.Tokenizer.Encode(text, ids);
        encoder.Encode([BuiltinModel.Tokenizer.Vocabulary.Start, .. ids.AsSpan(0, Math.Max(1, count)), BuiltinModel.Tokenizer.Vocabulary.End], vector);
    }
}
