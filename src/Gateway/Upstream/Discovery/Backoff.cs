namespace Gateway.Upstream.Discovery;

/// <summary>Pauses between tries that fail: doubled each time, and drawn at random so that gateways do not try in step.</summary>
/// <param name="first">Upper end of the first pause; the lower is half of it.</param>
/// <param name="longest">Upper end of the longest.</param>
/// <param name="chance">What draws them.</param>
public sealed class Backoff(TimeSpan first, TimeSpan longest, Random chance)
{
    private int _failures;

    /// <summary>The pause after one more failure.</summary>
    public TimeSpan Next()
    {
        var doubled = first * Math.Pow(2, Math.Min(_failures++, 16));
        return (doubled < longest ? doubled : longest) * (0.5 + (chance.NextDouble() / 2));
    }

    /// <summary>A try succeeded.</summary>
    public void Reset() => _failures = 0;
}
