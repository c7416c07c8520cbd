namespace Gateway.Caching.Embedding.Encoder;

/// <summary>One ask on its way through the workers. Whoever settles it first says what came of it.</summary>
internal sealed class EncoderJob : IDisposable
{
    private readonly TaskCompletionSource<string?> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenRegistration _cancellation;
    private readonly ITimer _timer;

    /// <param name="pieces">The ask, with the pieces that begin and end a sequence.</param>
    /// <param name="dimensions">Length of the vector.</param>
    /// <param name="budget">After how long to give up.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancel">Gives up before.</param>
    public EncoderJob(int[] pieces, int dimensions, TimeSpan budget, TimeProvider time, CancellationToken cancel)
    {
        Pieces = pieces;
        Vector = new float[dimensions];
        _cancellation = cancel.UnsafeRegister(static (job, token) => ((EncoderJob)job!)._outcome.TrySetCanceled(token), this);
        _timer = time.CreateTimer(static job => ((EncoderJob)job!).Settle("no time left for the encoder"), this, budget, Timeout.InfiniteTimeSpan);
    }

    public int[] Pieces { get; }

    /// <summary>The job's own, not the caller's: a worker may still write it when the caller has left.</summary>
    public float[] Vector { get; }

    /// <summary>Null when <see cref="Vector"/> is there; otherwise why not.</summary>
    public Task<string?> Outcome => _outcome.Task;

    public void Settle(string? reason) => _outcome.TrySetResult(reason);

    public void Dispose()
    {
        _timer.Dispose();
        _cancellation.Dispose();
    }
}
