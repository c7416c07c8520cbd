using System.Diagnostics;
using Gateway.Caching.Embedding;
using Gateway.Caching.Embedding.Builtin;
using Gateway.Caching.Embedding.Table;
using Gateway.Caching.Semantic.Comparison;

namespace Gateway.Bench.Embedding.Commands;

/// <summary>Times what an ask costs: cutting and summing, encoding, comparing.</summary>
public sealed class TimeCommand : IEmbeddingCommand
{
    private const string Sentence = "I forgot my login credentials for the billing portal, how can I recover them? ";
    private const string Other = "How do I get back the login details that I forgot for the billing portal, please? ";

    public string Usage => "times of the table, the encoder and the comparison on this machine, one thread";

    public int Run(string[] args, TextWriter output)
    {
        var table = TableEmbedder.CreateBuiltin();
        using var encoder = BuiltinModel.CreateEncoder();
        output.WriteLine("| pieces of the ask | cut, µs | cut and table, µs | encoder, ms | read and compare, µs |");
        output.WriteLine("|---|---|---|---|---|");
        foreach (var repeats in (int[])[1, 3, 14])
        {
            var text = string.Concat(Enumerable.Repeat(Sentence, repeats)).Trim();
            var other = string.Concat(Enumerable.Repeat(Other, repeats)).Trim();
            var pieces = new int[AskLimits.MostPieces];
            var count = BuiltinModel.Tokenizer.Encode(text, pieces);
            var vector = new float[table.Dimensions];
            var encoded = new float[encoder.Dimensions];
            var cut = Best(2000, () => BuiltinModel.Tokenizer.Encode(text, pieces));
            var summed = Best(2000, () => table.Embed(text, vector));
            var inference = Best(30, () => encoder.Encode(pieces.AsSpan(0, count), encoded));
            var compared = Best(500, () => AskComparison.Find(text, other));
            output.WriteLine($"| {count} | {cut * 1e6:0.0} | {summed * 1e6:0.0} | {inference * 1e3:0.0} | {compared * 1e6:0} |");
        }
        return 0;
    }

    // Seconds a call, in the best of several rounds: what else runs on the machine makes some of them slower, none faster.
    private static double Best(int calls, Action action)
    {
        var best = double.MaxValue;
        for (var round = 0; round < 12; round++)
        {
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < calls; i++)
                action();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds / calls);
        }
        return best;
    }
}
