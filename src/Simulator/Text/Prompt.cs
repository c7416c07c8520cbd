namespace Gateway.Simulator.Text;

/// <summary>A rendered prompt: its text, its tokens, and the part of the answer it already holds.</summary>
internal sealed class Prompt(PooledText text, int saidFrom, int[]? ids = null) : IDisposable
{
    private int[]? _ids = ids;

    /// <summary>The rendered text.</summary>
    public ReadOnlySpan<byte> Text => text.Span;

    /// <summary>What the assistant has said already in the turn left open; empty for a fresh answer.</summary>
    public ReadOnlySpan<byte> Said => text.Span[saidFrom..];

    /// <summary>Prompt tokens.</summary>
    public int TokenCount { get; } = ids?.Length ?? StandInTokenizer.Count(text.Span);

    /// <summary>Token ids; computed when first asked for.</summary>
    public int[] Ids => _ids ??= StandInTokenizer.Encode(text.Span);

    /// <summary>Decides the answer. What was said already does not count, so that a continued answer is the same answer.</summary>
    public ulong Key(int seed) => Chance.Hash(text.Span[..saidFrom], (ulong)seed);

    public void Dispose() => text.Dispose();
}
