using Gateway.Dispatch.Verification;
using Gateway.Protocol;
using Gateway.Routing;
using Gateway.Routing.Admission;
using Gateway.Routing.Health;
using Gateway.Upstream;

namespace Gateway.Dispatch;

/// <summary>What dispatching came to: an answer, with its replica and clock held until it is delivered, or an error.</summary>
public sealed class DispatchedAnswer : IDisposable
{
    private Picked? _picked;
    private Place _place;

    private DispatchedAnswer()
    {
    }

    /// <summary>The error for the caller, when nothing could answer.</summary>
    public ApiError? Error { get; private init; }

    /// <summary>Why this one attempt gave no answer.</summary>
    public UpstreamFault? Fault { get; private init; }

    /// <summary>A stream whose first token has arrived.</summary>
    public StreamedAnswer? Stream { get; private init; }

    public WholeAnswer? Whole { get; private init; }

    /// <summary>It was judged too weak to show, and whether all of it has come; null when it may be shown.</summary>
    public Weakness? Weakness { get; private set; }

    /// <summary>What of it only we asked for.</summary>
    public HiddenParts Hides { get; private init; }

    /// <summary>Its tokens' log-probabilities were asked for by us, and the caller is not to see them.</summary>
    public bool HidesLogprobs => (Hides & HiddenParts.Logprobs) != 0;

    /// <summary>Where it comes from; null once it has been let go.</summary>
    public Replica? Replica => _picked?.Replica;

    /// <summary>The clock the attempt runs on; the relay sets it for each wait.</summary>
    public AttemptClock? Clock { get; private init; }

    public static DispatchedAnswer Failed(ApiError error) => new() { Error = error };

    public static DispatchedAnswer Broken(UpstreamFault fault) => new() { Fault = fault };

    public static DispatchedAnswer From(UpstreamReply reply, Picked picked, AttemptClock clock, HiddenParts hides = HiddenParts.None) =>
        new() { Stream = reply.Stream, Whole = reply.Whole, Clock = clock, _picked = picked, Hides = hides };

    /// <summary>Holds the request's place in the pool until it is let go.</summary>
    public DispatchedAnswer Keep(Place place)
    {
        _place = place;
        return this;
    }

    /// <summary>Marks it as too weak to show; the replica did its part.</summary>
    public void Weaken(bool isWhole)
    {
        Weakness = isWhole ? Verification.Weakness.Whole : Verification.Weakness.BrokenOff;
        if (Stream is not null)
            Delivered(null);
    }

    /// <summary>All of it has come: its replica has nothing more to do with it.</summary>
    public void LetGo()
    {
        Stream?.Close();
        Leave();
    }

    /// <summary>Tells the replica's breaker how the delivery of its stream ended.</summary>
    public void Delivered(UpstreamFault? fault)
    {
        if (_picked is not { } picked)
            return;
        // The first token has already answered for a trial; from here on the stream counts like any other.
        if (fault is null)
            picked.Replica.Breaker.Succeeded(BreakerPass.Normal);
        else
            ReplicaReport.Failed(picked.Replica, BreakerPass.Normal, fault);
    }

    /// <summary>It broke, and other replicas go on with it: its connection closes, its replica is left, the request keeps its place in the pool.</summary>
    public void Abandon()
    {
        Stream?.Dispose();
        Clock?.Dispose();
        LeaveReplica();
    }

    public void Dispose()
    {
        Stream?.Dispose();
        Whole?.Dispose();
        Clock?.Dispose();
        Leave();
    }

    private void Leave()
    {
        LeaveReplica();
        _place.Leave();
        _place = default;
    }

    private void LeaveReplica()
    {
        if (_picked is { } picked)
            picked.Replica.Leave(picked.Forecast);
        _picked = null;
    }
}
