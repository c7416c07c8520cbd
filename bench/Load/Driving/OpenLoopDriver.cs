namespace Gateway.Bench.Load.Driving;

/// <summary>
/// Starts requests at a fixed rate, whether or not the ones before have ended. At the bound of requests in flight an arrival waits its
/// turn, and its latency counts from when it was meant to start: a target that stalls is charged for everybody it kept waiting.
/// </summary>
/// <param name="schedule">When each request is meant to start.</param>
/// <param name="pause">How the pacing thread waits.</param>
/// <param name="maxInFlight">Most requests under way at once.</param>
public sealed class OpenLoopDriver(ArrivalSchedule schedule, IPause pause, int maxInFlight) : IDriver
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _due;
    private long _started;
    private int _inFlight;
    private bool _stopped;

    /// <summary>Arrivals that are due and wait for room.</summary>
    public long Waiting
    {
        get
        {
            lock (_gate)
            {
                return _due - _started;
            }
        }
    }

    /// <inheritdoc/>
    public Task RunAsync(ICall call, CancellationToken stop)
    {
        // A thread of its own: the waits are precise and block.
        new Thread(() => Pace(call, stop)) { IsBackground = true, Name = "arrivals" }.Start();
        return _drained.Task;
    }

    /// <inheritdoc/>
    public void Abandon(ICall call)
    {
        long first, end;
        lock (_gate)
        {
            (first, end) = (_started, _due);
            _started = _due;
        }

        for (var n = first; n < end; n++)
        {
            call.NeverStarted(schedule.TimestampOf(n));
        }
    }

    private void Pace(ICall call, CancellationToken stop)
    {
        while (true)
        {
            pause.Until(schedule.TimestampOf(_due));
            long? startNow;
            lock (_gate)
            {
                if (stop.IsCancellationRequested)
                {
                    _stopped = true;
                    break;
                }

                _due++;
                startNow = _inFlight < maxInFlight ? TakeOne() : null;
                _inFlight += startNow is null ? 0 : 1;
            }

            if (startNow is { } n)
            {
                _ = ServeAsync(call, n);
            }
        }

        EndIfDrained();
    }

    // One place in flight: its request, then whichever arrivals wait, until none does.
    private async Task ServeAsync(ICall call, long n)
    {
        try
        {
            for (long? next = n; next is { } current; next = NextOrLeave())
            {
                await call.CallAsync(schedule.TimestampOf(current));
            }

            EndIfDrained();
        }
        catch (Exception e)
        {
            _drained.TrySetException(e); // A bug of the call: ends the phase instead of leaving it to wait for this place.
        }
    }

    private long? NextOrLeave()
    {
        lock (_gate)
        {
            if (_started < _due)
            {
                return TakeOne();
            }

            _inFlight--;
            return null;
        }
    }

    private long TakeOne() => _started++;

    private void EndIfDrained()
    {
        lock (_gate)
        {
            if (_stopped && _inFlight == 0)
            {
                _drained.TrySetResult();
            }
        }
    }
}
