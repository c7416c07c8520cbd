using Gateway.Cache.Answers;
using Gateway.Protocol;
using Gateway.Routing;

namespace Gateway.Cache.Flights;

/// <summary>One answer on its way, that several callers want: the first of them gets it, the others get what it gets.</summary>
/// <remarks>
/// The leader's frames are noted in its recording and handed on to whoever follows live, both under one lock, so that a follower that
/// joins in the middle misses none and gets none twice. What is not live waits for the end.
/// </remarks>
public sealed class Flight : IDisposable
{
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource<FlightEnd> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly AnswerRecording _recording;
    private readonly CancellationTokenSource _abandoned = new();
    private readonly CancellationTokenRegistration _leaving;
    private readonly List<FlightSeat> _seats = [];
    private bool _isLeaderGone;
    private bool _isClosed;

    /// <param name="recording">The leader's.</param>
    /// <param name="isStream">Whether the leader gets a stream.</param>
    /// <param name="asksUsage">Whether the usage is part of that.</param>
    /// <param name="leaderGone">Fires when the leader's caller leaves.</param>
    internal Flight(AnswerRecording recording, bool isStream, bool asksUsage, CancellationToken leaderGone)
    {
        (_recording, IsStream, AsksUsage) = (recording, isStream, asksUsage);
        _leaving = leaderGone.UnsafeRegister(static flight => ((Flight)flight!).LeaderLeaves(), this);
    }

    public bool IsStream { get; }

    public bool AsksUsage { get; }

    /// <summary>Fires when nobody wants the answer any more.</summary>
    public CancellationToken Abandoned => _abandoned.Token;

    /// <summary>The pool that answers; null before it does.</summary>
    public Pool? Served { get; private set; }

    /// <summary>The answer's tokens; null before its end, and when they are not known.</summary>
    public Usage? Usage { get; private set; }

    /// <summary>Whether anyone waits for it beside the leader.</summary>
    public bool HasFollowers
    {
        get
        {
            lock (_lock)
                return _seats.Count > 0;
        }
    }

    /// <summary>How it ended.</summary>
    internal Task<FlightEnd> End => _end.Task;

    /// <summary>Takes a seat.</summary>
    /// <param name="isLive">Whether its frames are wanted as they arrive.</param>
    /// <returns>Null when it is too late.</returns>
    internal FlightSeat? Join(bool isLive)
    {
        lock (_lock)
        {
            if (_isClosed || !_recording.IsWhole)
                return null;
            var seat = new FlightSeat(this, isLive);
            if (isLive)
                seat.Push(_recording.Snapshot());
            _seats.Add(seat);
            return seat;
        }
    }

    internal void Leave(FlightSeat seat)
    {
        lock (_lock)
        {
            _seats.Remove(seat);
            _isClosed |= _isLeaderGone && _seats.Count == 0;
        }

        AbandonIfEmpty();
    }

    /// <summary>Notes frames that the leader was shown.</summary>
    /// <param name="frames">The frames, or parts of them.</param>
    /// <param name="served">The pool that they come from.</param>
    /// <param name="isShown">Whether the leader's caller gets them.</param>
    internal void Append(ReadOnlySpan<byte> frames, Pool? served, bool isShown)
    {
        lock (_lock)
        {
            Served ??= served;
            _recording.Append(frames);
            if (!isShown)
                return;
            foreach (var seat in _seats)
            {
                if (seat.IsLive)
                    seat.Push(frames);
            }
        }
    }

    /// <summary>Ends it with an answer.</summary>
    /// <param name="isFit">Whether others may be given it, as far as its delivery tells.</param>
    /// <param name="served">The pool that answered.</param>
    /// <param name="usage">The answer's tokens, if they are known.</param>
    internal void Land(bool isFit, Pool? served, Usage? usage)
    {
        byte[]? body = null;
        lock (_lock)
        {
            _isClosed = true;
            if (isFit && _seats.Count > 0)
                body = _recording.ReadFit(usage);
        }

        (Served, Usage) = (served, usage);
        Close(new FlightEnd(true, body));
    }

    /// <summary>Ends it; the first end counts. Nobody can join any more.</summary>
    private void Close(FlightEnd end)
    {
        lock (_lock)
        {
            _isClosed = true;
            foreach (var seat in _seats)
                seat.Finish();
        }

        _end.TrySetResult(end);
    }

    public void Dispose()
    {
        Close(FlightEnd.Failed);
        _leaving.Dispose();
        // Seats may still look at the token; without a timer there is nothing in it to be freed.
    }

    private void LeaderLeaves()
    {
        lock (_lock)
        {
            _isLeaderGone = true;
            _isClosed |= _seats.Count == 0;
        }

        AbandonIfEmpty();
    }

    private void AbandonIfEmpty()
    {
        lock (_lock)
        {
            if (!_isLeaderGone || _seats.Count > 0)
                return;
        }

        _abandoned.Cancel();
    }
}

/// <summary>How a flight ended.</summary>
/// <param name="IsWhole">Whether the leader was given all of an answer.</param>
/// <param name="Body">The answer as JSON; null when it is not one that others may be given.</param>
internal sealed record FlightEnd(bool IsWhole, byte[]? Body)
{
    public static readonly FlightEnd Failed = new(false, null);
}
