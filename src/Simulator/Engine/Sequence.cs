using System.Threading.Tasks.Sources;

namespace Gateway.Simulator.Engine;

/// <summary>One choice in the engine: how many of its tokens exist. One reader waits; the engine's thread advances.</summary>
internal sealed class Sequence : IValueTaskSource
{
    private readonly Lock _gate = new();
    private ManualResetValueTaskSourceCore<bool> _signal;
    private int _produced, _threshold;
    private bool _waiting, _aborted;

    /// <param name="promptTokens">Tokens to prefill.</param>
    /// <param name="target">Tokens it will generate.</param>
    /// <param name="wakesInline">Whether the reader goes on at once, on the thread that advances the sequence.</param>
    public Sequence(int promptTokens, int target, bool wakesInline = false)
    {
        _signal.RunContinuationsAsynchronously = !wakesInline;
        PromptTokens = promptTokens;
        Target = target;
    }

    public int PromptTokens { get; }

    public int Target { get; }

    /// <summary>Prompt and generated ids, for the prefix cache; null in engines without one.</summary>
    public int[]? Tokens { get; init; }

    /// <summary>Separates prefix caches: cache salt and adapter.</summary>
    public ulong Salt { get; init; }

    /// <summary>Prompt tokens that were in the prefix cache when it was scheduled.</summary>
    public int CachedTokens { get; set; }

    /// <summary>Virtual times: entered the queue, scheduled, first token, last token.</summary>
    public TimeSpan Arrived { get; set; }
    public TimeSpan Scheduled { get; set; }
    public TimeSpan FirstToken { get; set; }
    public TimeSpan LastToken { get; set; }

    public int Produced => Volatile.Read(ref _produced);

    public bool Aborted => Volatile.Read(ref _aborted);

    public bool Complete => Produced >= Target;

    /// <summary>Completes once more than <paramref name="seen"/> tokens exist, or the sequence was aborted.</summary>
    public ValueTask MoreThan(int seen)
    {
        if (Produced > seen) return default;
        lock (_gate)
        {
            if (_produced > seen || _aborted) return default;
            _signal.Reset();
            _threshold = seen;
            _waiting = true;
            return new ValueTask(this, _signal.Version);
        }
    }

    /// <summary>Adds generated tokens.</summary>
    public void Advance(int tokens)
    {
        bool wake;
        lock (_gate)
        {
            if (_aborted) return;
            _produced += tokens;
            wake = _waiting && _produced > _threshold;
            if (wake) _waiting = false;
        }
        if (wake) _signal.SetResult(true);
    }

    /// <summary>Ends it without the rest; false if it had ended already.</summary>
    public bool Abort()
    {
        bool wake;
        lock (_gate)
        {
            if (_aborted || _produced >= Target) return false;
            _aborted = true;
            wake = _waiting;
            _waiting = false;
        }
        if (wake) _signal.SetResult(true);
        return true;
    }

    void IValueTaskSource.GetResult(short token) => _signal.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _signal.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _signal.OnCompleted(continuation, state, token, flags);
}
