namespace Gateway.Caching.Embedding.Encoder;

/// <summary>What encoding may take beside requests.</summary>
/// <param name="Workers">Threads that encode, each one ask at a time.</param>
/// <param name="Queue">Asks that may wait for one of them.</param>
/// <param name="Budget">How long an ask waits and is encoded at most.</param>
public sealed record EncoderLimits(int Workers, int Queue, TimeSpan Budget)
{
    /// <summary>Two threads, 64 waiting, 20 ms: an ask takes one thread about 2 ms (bench/Embedding, <c>time</c>), so a full queue would
    /// outlast the budget.</summary>
    public static EncoderLimits Default { get; } = new(2, 64, TimeSpan.FromMilliseconds(20));
}
