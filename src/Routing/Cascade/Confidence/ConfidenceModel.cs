using System.Text.Json;

namespace Gateway.Routing.Cascade.Confidence;

/// <summary>The chance that a small model's answer is wrong, from its tokens' probabilities, its shape and the prompt's score.</summary>
/// <remarks>
/// A logistic in parts, because no public rows have all three at once: each part was fitted where its evidence exists, and adds its
/// log-odds to the common ones. <c>bench/Routing cascade</c> fits them and says how well each ranks; the numbers are in
/// <c>Confidence.json</c>, with their sources. The levels are those of the public pairs, not of the models a deployment runs:
/// the order of answers is to be trusted more than the chance.
/// </remarks>
public sealed class ConfidenceModel
{
    private readonly double _prior;
    private readonly LogisticPart _tokens;
    private readonly LogisticPart _shape;
    private readonly LogisticPart _prompt;

    private ConfidenceModel(JsonElement root)
    {
        _prior = root.GetProperty("prior"u8).GetDouble();
        _tokens = LogisticPart.Read(root.GetProperty("tokens"u8));
        _shape = LogisticPart.Read(root.GetProperty("shape"u8));
        _prompt = LogisticPart.Read(root.GetProperty("prompt"u8));
    }

    /// <summary>The model built in.</summary>
    public static ConfidenceModel Default { get; } = ReadDefault();

    /// <summary>Its parts: tokens, shape, prompt.</summary>
    public IReadOnlyList<LogisticPart> Parts => [_tokens, _shape, _prompt];

    /// <summary>Names of the token features, in the order of <see cref="Spread"/>.</summary>
    public static IReadOnlyList<string> TokenNames { get; } = ["mean", "low_decile", "first_margin", "under_half"];

    /// <summary>Chance that the answer is wrong, in [0, 1].</summary>
    /// <param name="tokens">Its tokens' probabilities; null when they were not told.</param>
    /// <param name="text">Its text, UTF-8, when it is whole and text; empty otherwise.</param>
    /// <param name="promptScore">The prompt's complexity in [0, 1], where it was asked for.</param>
    public double ChanceOfWrong(TokenFeatures? tokens, ReadOnlySpan<byte> text, double? promptScore)
    {
        var odds = _prior;
        Span<double> features = stackalloc double[AnswerShape.Names.Count];
        if (tokens is { } told)
        {
            Spread(told, features);
            odds += _tokens.Add(features);
        }

        if (!text.IsEmpty)
        {
            AnswerShape.Read(text, features);
            odds += _shape.Add(features);
        }

        if (promptScore is { } score)
        {
            features[0] = score;
            odds += _prompt.Add(features);
        }

        return 1 / (1 + Math.Exp(-odds));
    }

    /// <summary>The token features as the logistic takes them; the least one stays out, since it sinks with an answer's length.</summary>
    public static void Spread(TokenFeatures tokens, Span<double> features)
    {
        features[0] = tokens.Mean;
        features[1] = tokens.LowDecile;
        features[2] = tokens.FirstMargin;
        features[3] = tokens.UnderHalf;
    }

    private static ConfidenceModel ReadDefault()
    {
        using var stream = typeof(ConfidenceModel).Assembly.GetManifestResourceStream("Gateway.Routing.Cascade.Confidence.Confidence.json")!;
        using var document = JsonDocument.Parse(stream);
        return new ConfidenceModel(document.RootElement);
    }
}
