using Gateway.Bench.Caching.Pairs;
using Gateway.Caching.Embedding.Builtin;
using Gateway.Caching.Embedding.Encoder;
using Gateway.Caching.Embedding.Table;
using Gateway.Caching.Semantic.Comparison;

namespace Gateway.Bench.Caching.Judging;

/// <summary>Measures pairs with the gateway's own embedders and comparison, and with the texts that others embed.</summary>
public sealed class Scoring : IDisposable
{
    /// <summary>What stands before every ask: without one, others' ways look better than they are where there is one, and worse the longer it is.</summary>
    private const string System =
        "You are the support assistant of Contoso. Answer in at most three sentences, politely and in plain words. Never invent prices, dates or "
        + "order numbers; when you do not know, say so and point to the help centre. Do not speak about other companies' products.";

    private readonly TableEmbedder _table = TableEmbedder.CreateBuiltin();
    private readonly SentenceEncoder _encoder = BuiltinModel.CreateEncoder();

    public IReadOnlyList<Scored> Score(IReadOnlyList<AskPair> pairs, bool withRivals)
    {
        var scored = new Scored[pairs.Count];
        Parallel.For(0, pairs.Count, at => scored[at] = Score(pairs[at], withRivals));
        return scored;
    }

    public void Dispose() => _encoder.Dispose();

    private Scored Score(AskPair pair, bool withRivals)
    {
        var (known, asked) = (new float[_table.Dimensions], new float[_table.Dimensions]);
        var isFit = _table.Embed(pair.Known, known) is null && _table.Embed(pair.Asked, asked) is null;
        return new Scored(
            pair,
            isFit ? Dot(known, asked) : float.NaN,
            isFit ? Encoded(pair.Known, pair.Asked) : float.NaN,
            AskComparison.Find(pair.Known, pair.Asked)?.Reason(),
            withRivals ? Encoded(System + pair.Known, System + pair.Asked) : float.NaN,
            withRivals ? Encoded(RolePrefixed(pair.Known), RolePrefixed(pair.Asked)) : float.NaN);
    }

    private static string RolePrefixed(string ask) => $"system: {System}\nuser: {ask}".Trim().ToLowerInvariant();

    private float Encoded(string known, string asked) => Dot(Vector(known), Vector(asked));

    private float[] Vector(string text)
    {
        var tokenizer = BuiltinModel.Tokenizer;
        var room = new int[512];
        var count = tokenizer.Encode(text, room.AsSpan(0, 254));
        var vector = new float[_encoder.Dimensions];
        if (count > 0)
            _encoder.Encode([tokenizer.Vocabulary.Start, .. room[..count], tokenizer.Vocabulary.End], vector);
        return vector;
    }

    private static float Dot(float[] one, float[] other)
    {
        var dot = 0f;
        for (var i = 0; i < one.Length; i++)
            dot += one[i] * other[i];
        return dot;
    }
}
