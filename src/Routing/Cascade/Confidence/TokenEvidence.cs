namespace Gateway.Routing.Cascade.Confidence;

/// <summary>The log-probabilities of an answer's tokens, as they come in.</summary>
public sealed class TokenEvidence
{
    /// <summary>
    /// The least log-probability that is told apart, about one in five hundred million: vLLM writes -9999 for minus infinity, and one
    /// such token must not outweigh all others.
    /// </summary>
    private const float Least = -20;

    private readonly List<float> _logs = new(64);
    private double _sum;
    private int _underHalf;

    /// <summary>Tokens seen.</summary>
    public int Count => _logs.Count;

    /// <summary>Probability of the first token less that of the one that would have come instead; null when no alternative was told.</summary>
    public double? FirstMargin { get; private set; }

    /// <summary>Takes one token.</summary>
    /// <param name="log">Natural logarithm of its probability.</param>
    /// <param name="alternative">That of the likeliest other token; null when it was not told.</param>
    public void Add(double log, double? alternative)
    {
        var bounded = double.IsNaN(log) ? Least : (float)Math.Clamp(log, Least, 0);
        if (_logs.Count == 0 && alternative is { } other)
            FirstMargin = Math.Exp(bounded) - Math.Exp(Math.Clamp(other, Least, 0));
        _logs.Add(bounded);
        _sum += bounded;
        _underHalf += bounded < Math.Log(0.5) ? 1 : 0;
    }

    /// <summary>What the tokens say together; null when there are none.</summary>
    public TokenFeatures? Sum()
    {
        if (_logs.Count == 0)
            return null;
        var sorted = _logs.ToArray();
        Array.Sort(sorted);
        return new TokenFeatures(
            Mean: _sum / sorted.Length,
            Least: sorted[0],
            LowDecile: sorted[(sorted.Length - 1) / 10],
            FirstMargin: FirstMargin ?? Math.Exp(_logs[0]),
            UnderHalf: (double)_underHalf / sorted.Length,
            Count: sorted.Length);
    }
}

/// <summary>An answer's token probabilities in a few numbers that do not grow with its length.</summary>
/// <param name="Mean">Mean log-probability.</param>
/// <param name="Least">The least one; the only figure that sinks as an answer grows.</param>
/// <param name="LowDecile">The log-probability that a tenth of the tokens stay at or below.</param>
/// <param name="FirstMargin">First token: its probability less its rival's; the probability itself when no rival was told.</param>
/// <param name="UnderHalf">Share of tokens that were less likely than not, in [0, 1].</param>
/// <param name="Count">Tokens.</param>
public readonly record struct TokenFeatures(double Mean, double Least, double LowDecile, double FirstMargin, double UnderHalf, int Count);
