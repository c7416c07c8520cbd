using System.Collections.Concurrent;

namespace Gateway.Caching.Embedding.Encoder;

/// <summary>A few threads of their own that encode asks, so that no request's thread does and no burst of misses takes the machine.</summary>
internal sealed class EncoderWorkers : IDisposable
{
    private readonly Action<ReadOnlySpan<int>, Span<float>> _encode;
    private readonly BlockingCollection<EncoderJob> _queue;
    private readonly Thread[] _threads;

    /// <param name="encode">Encodes a sequence; may be called from several threads at once.</param>
    /// <param name="workers">How many threads.</param>
    /// <param name="queue">How many asks may wait.</param>
    public EncoderWorkers(Action<ReadOnlySpan<int>, Span<float>> encode, int workers, int queue)
    {
        _encode = encode;
        _queue = new BlockingCollection<EncoderJob>(queue);
        _threads = new Thread[workers];
        for (var i = 0; i < workers; i++)
        {
            _threads[i] = new Thread(Work) { IsBackground = true, Name = $"encoder {i}" };
            _threads[i].Start();
        }
    }

    /// <summary>Takes a job; false when too many wait.</summary>
    public bool TryEnter(EncoderJob job) => !_queue.IsAddingCompleted && _queue.TryAdd(job);

    public void Dispose()
    {
        _queue.CompleteAdding();
        foreach (var thread in _threads)
            thread.Join();
        _queue.Dispose();
    }

    private void Work()
    {
        foreach (var job in _queue.GetConsumingEnumerable())
        {
            // Given up meanwhile: the time is for those who still wait.
            if (job.Outcome.IsCompleted)
                continue;
            try
            {
                _encode(job.Pieces, job.Vector);
                job.Settle(null);
            }
            catch (Exception error)
            {
                // The native runtime's own failure is no bug of the ask; a cache without an encoder is slower, not broken.
                job.Settle($"the encoder failed: {error.Message}");
            }
        }
    }
}
