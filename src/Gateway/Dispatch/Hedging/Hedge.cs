using Gateway.Completions;
using Gateway.Dispatch.Verification;
using Gateway.Protocol;
using Gateway.Routing;
using Gateway.Routing.Admission;
using Gateway.Routing.Cascade;
using Gateway.Routing.Cascade.Checks;
using Gateway.Upstream;

namespace Gateway.Dispatch.Hedging;

/// <summary>The attempt at the next larger pool that is started beside the smaller one's, until it is taken or given up.</summary>
/// <remarks>
/// Nothing of it is shown unless the walk comes to its pool, so it never meets a committed answer. To give it up is, for its attempt,
/// a caller who left: the connection closes, which is vLLM's abort, and no replica is blamed.
/// </remarks>
internal sealed class Hedge(Exchange exchange, AttemptSender sender) : IAsyncDisposable
{
    private CancellationTokenSource? _giveUp;
    private UpstreamPool? _from;
    private UpstreamPool? _to;
    private Picked _picked;
    private Place _place;
    private Task<SentAttempt>? _underWay;

    /// <summary>Whether it was started and neither taken nor given up.</summary>
    public bool IsUnderWay => _underWay is not null;

    /// <summary>Starts it, if this is the plan's first attempt, its answer will be judged, and the larger pool has a replica and room to spare.</summary>
    /// <param name="walk">At the smaller pool, before its first attempt is sent.</param>
    /// <param name="verify">How the smaller pool's answer will be judged.</param>
    public void Start(PlanWalk walk, VerifySettings? verify)
    {
        var isFirst = _to is null && exchange.Attempts.Count == 0 && walk.Current.Pool == exchange.Plan!.Pools[0];
        if (!isFirst || verify is null || walk.LargerPool is not { } larger || !exchange.Blueprint.UpstreamOf(larger).Gate.TryEnter(isSpare: true, out var place))
            return;
        if (larger.Pick([], request: exchange.PickRequestFor(larger)) is not { } picked)
        {
            place.Leave();
            return;
        }

        _place = place;
        (_from, _to, _picked) = (walk.Current, exchange.Blueprint.UpstreamOf(larger), picked);
        _giveUp = CancellationTokenSource.CreateLinkedTokenSource(exchange.Lifetime!.CallerGone);
        exchange.Http.Response.RegisterForDispose(_giveUp);
        // A pool in the middle of a cascade is judged like the first.
        _underWay = SendAsync(walk.LargerThan(larger) is null ? null : verify, exchange.Lifetime with { CallerGone = _giveUp.Token });
    }

    /// <summary>The replica that is answering already, if the walk has come to its pool; null when the walk must pick.</summary>
    public Picked? PickFor(PlanWalk walk) => IsUnderWay && walk.Current == _to ? _picked : null;

    /// <summary>Whether this is what <see cref="PickFor"/> gave.</summary>
    public bool Owns(Picked picked) => IsUnderWay && picked == _picked;

    /// <summary>Hands it over: from now on it is an attempt like any other.</summary>
    /// <param name="walk">Gets its place in the pool.</param>
    public ValueTask<SentAttempt> Take(PlanWalk walk)
    {
        walk.Take(_place);
        _place = default;
        var underWay = _underWay!;
        _underWay = null;
        return new ValueTask<SentAttempt>(underWay);
    }

    /// <summary>Gives it up unless it was taken, and notes on the exchange what became of it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_to is null)
            return;
        var spent = IsUnderWay ? await GiveUpAsync() : null;
        _place.Leave();
        _place = default;
        exchange.Hedge = new HedgeOutcome(_from!, _to, spent);
    }

    /// <returns>What it used, at least; null when it had failed by itself.</returns>
    private async ValueTask<Usage?> GiveUpAsync()
    {
        var underWay = _underWay!;
        _underWay = null;
        var isBrokenOff = !underWay.IsCompleted;
        if (isBrokenOff)
            await _giveUp!.CancelAsync();
        var (attempt, answer) = await underWay;
        if (answer.Fault is { } fault && !isBrokenOff && fault.Kind != FaultKind.CallerGone)
        {
            Blame(fault);
            exchange.Add(attempt, TimeSpan.Zero);
            return null;
        }

        if (answer.Fault is not null)
        {
            _picked.Replica.Breaker.Dropped(_picked.Pass);
            return Estimate(tokens: 0);
        }

        var spent = answer.Whole?.Usage ?? Estimate(ArrivedOf(answer.Stream));
        answer.Dispose();
        return spent;
    }

    /// <summary>It failed before it was given up: its replica's fault, or the request's where nobody answered.</summary>
    private void Blame(UpstreamFault fault)
    {
        var suspects = new Suspects();
        suspects.Report(_picked, fault);
        if (exchange.AnsweredBy is null)
            suspects.Acquit();
        else
            suspects.Convict();
    }

    private async Task<SentAttempt> SendAsync(VerifySettings? verify, RequestLifetime lifetime)
    {
        var sent = await sender.SendAsync(exchange, _to!, _picked, verify, new AttemptClock(lifetime));
        // It may have to wait for the smaller pool's verdict; that is no silence of its own.
        sent.Answer.Clock?.Pause();
        return sent;
    }

    private Usage Estimate(int tokens) => new(TokenEstimate.OfBody(exchange.Body!.Memory.Length), tokens, 0);

    private static int ArrivedOf(StreamedAnswer? stream)
    {
        var draft = new DraftAnswer();
        while (stream is not null && stream.TryRead(out var frame, out var chunk))
        {
            if (chunk.Kind == ChunkKind.Part && !frame.Data.IsEmpty)
                DraftReader.Read(frame.Data.In(stream.Bytes), draft);
        }

        return draft.Arrived;
    }
}
