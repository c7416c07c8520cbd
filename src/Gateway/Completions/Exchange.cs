using Gateway.Cache;
using Gateway.Completions.Prompts;
using Gateway.Dispatch;
using Gateway.Dispatch.Admission;
using Gateway.Dispatch.Hedging;
using Gateway.Dispatch.Verification;
using Gateway.Guarding;
using Gateway.Hosting;
using Gateway.Learning.Shadows;
using Gateway.Protocol;
using Gateway.Routing;
using Gateway.Routing.Balancing;
using Gateway.Routing.Cascade;
using Gateway.Routing.Conversations;
using Gateway.Routing.Learning;
using Gateway.Routing.Rules;
using Gateway.Upstream;

namespace Gateway.Completions;

/// <summary>One chat request and everything learned about it; each step of the flow fills in its own part once.</summary>
public sealed class Exchange(HttpContext http, Blueprint blueprint, string id, long startedAt)
{
    private readonly List<Attempt> _attempts = new(1);

    public HttpContext Http { get; } = http;

    /// <summary>The configuration it began with and keeps to its end.</summary>
    public Blueprint Blueprint { get; } = blueprint;

    public string Id { get; } = id;

    /// <summary>Timestamp of its arrival.</summary>
    public long StartedAt { get; } = startedAt;

    /// <summary>Fires when nobody wants its answer any more: its caller has left, and whoever followed it.</summary>
    public CancellationToken CallerGone => Cache?.Flight?.Abandoned ?? Http.RequestAborted;

    /// <summary>Fires when nobody wants an upstream's answer any more: nobody is there, or a guard has said late that nothing passes.</summary>
    public CancellationToken Unwanted => Guards?.Late is { IsWaiting: true } late ? late.Unwanted(CallerGone) : CallerGone;

    /// <summary>The caller's bytes.</summary>
    public RequestBody? Body { get; set; }

    /// <summary>The view over them.</summary>
    public ChatRequest? Request { get; set; }

    /// <summary>The model that was asked for.</summary>
    public ModelRoute? Asked { get; set; }

    /// <summary>How it is routed: as the model asked for, or as one that is tried in its place.</summary>
    public ModelRoute? Route { get; set; }

    public RoutePlan? Plan { get; set; }

    /// <summary>What the rules decided; null when there are none.</summary>
    public RuleDecision? Ruling { get; set; }

    /// <summary>The group it is bound to; null when it may go anywhere.</summary>
    public string? BoundTo { get; set; }

    /// <summary>What it has to do with the cache; null when there is none.</summary>
    public CacheVisit? Cache { get; set; }

    /// <summary>What it has to do with guards; null when none are configured.</summary>
    public GuardVisit? Guards { get; set; }

    /// <summary>The group of pools it may not leave; null when it may go anywhere.</summary>
    public string? Group => Plan?.Group;

    /// <summary>The conversation it is a turn of; null where nothing is decided by conversation.</summary>
    public ConversationKey? Conversation { get; set; }

    /// <summary>The blocks of its prompt; null unless a picker looked at them.</summary>
    public PromptBlocks? Blocks { get; private set; }

    /// <summary>Which side of its model's trial it is on.</summary>
    public Arm Arm { get; set; }

    /// <summary>What the routing that is tried would have planned; null unless it is shadowed, or where a rule would have turned it away.</summary>
    public RoutePlan? ShadowPlan { get; set; }

    /// <summary>The prompt's sketch, for whoever learns from the outcome; null when nobody does.</summary>
    public SketchPad? Pad { get; set; }

    /// <summary>A copy of the answer as the caller gets it; null unless another pool shall be asked too.</summary>
    public AnswerCopy? Copy { get; set; }

    /// <summary>How long it may still take; runs from the moment it is dispatched.</summary>
    public RequestLifetime? Lifetime { get; set; }

    /// <summary>Every try at a replica, in order.</summary>
    public IReadOnlyList<Attempt> Attempts => _attempts;

    /// <summary>The pool that answered.</summary>
    public UpstreamPool? AnsweredBy { get; set; }

    /// <summary>The replica that did.</summary>
    public Replica? AnsweredAt { get; set; }

    /// <summary>The attempt that did; null when none has.</summary>
    public Attempt? AnsweringAttempt
    {
        get
        {
            for (var i = _attempts.Count - 1; i >= 0 && AnsweredAt is not null; i--)
            {
                if (_attempts[i].Replica == AnsweredAt)
                    return _attempts[i];
            }

            return null;
        }
    }

    /// <summary>What became of it in the queues before the pools; null when it found a place at once.</summary>
    public QueueNote? Queue { get; set; }

    /// <summary>What judging smaller pools' answers came to; null when none was to be judged.</summary>
    public Judging? Judging { get; set; }

    /// <summary>What became of the larger pool's attempt that was started beside the smaller one's; null when none was.</summary>
    public HedgeOutcome? Hedge { get; set; }

    /// <summary>Times its stream went on at another replica.</summary>
    public int Resumes { get; set; }

    /// <summary>Prompt tokens that replicas read again for that; no part of <see cref="Usage"/>.</summary>
    public int PrefilledAgain { get; set; }

    /// <summary>Whether the first visible byte has left for the caller. From then on nothing can be hidden.</summary>
    public bool IsCommitted { get; set; }

    /// <summary>Whether the caller has been sent a whole answer.</summary>
    public bool IsDelivered { get; set; }

    public Usage? Usage { get; set; }

    /// <summary>How it ended for the caller, if not well.</summary>
    public ApiError? Error { get; set; }

    /// <summary>The fault that ended it after the answer had begun.</summary>
    public UpstreamFault? BrokenBy { get; set; }

    /// <summary>Time spent waiting for upstreams before the first byte could leave: what is not the gateway's own.</summary>
    public TimeSpan Waited { get; private set; }

    /// <summary>Why it went where it went, for the caller and the log.</summary>
    public string? RouteReason => DispatchNotes is { Length: > 0 } notes ? Plan?.Reason + notes : Plan?.Reason;

    /// <summary>What dispatching has to add to the plan's reason; empty when that is nothing.</summary>
    public string DispatchNotes => Queue?.Describe() + (Hedge is null ? "" : "; hedged") + Judging?.Describe() + AnsweringAttempt?.DescribeHit();

    /// <summary>USD for the answer and for those it was preferred to, 0 for one that was known; null when the pool that answered has no price.</summary>
    public decimal? Cost => Cache is { IsKnown: true } ? 0 : Usage is { } usage && AnsweredBy?.CostOf(usage) is { } cost
        ? cost + (Judging?.ProbeCost ?? 0) + (Hedge?.Cost ?? 0)
        : null;

    /// <summary>What a picker of that pool may know of it; the prompt is looked at when the first picker asks.</summary>
    public PickRequest PickRequestFor(Pool pool)
    {
        var request = pool.ReadsPrefix
            ? (Blocks ??= PromptBlocks.Read(Body!.Span, Request!, Route!.Adapter)).Request
            : new PickRequest(TokenEstimate.OfBody(Body!.Length), default);
        return request with { Adapter = Route!.AdapterAt(pool) };
    }

    /// <summary>The last attempt's answer was held back for this long, and may have broken meanwhile.</summary>
    public void Hold(TimeSpan time, UpstreamFault? fault)
    {
        Waited += time;
        if (fault is not null)
            _attempts[^1] = _attempts[^1] with { Fault = fault };
    }

    /// <summary>The last attempt's answer broke after it had begun, and another attempt is to go on with it.</summary>
    public void Break(UpstreamFault fault) => _attempts[^1] = _attempts[^1] with { Fault = fault };

    /// <summary>It waited this long for a place.</summary>
    public void Wait(TimeSpan time) => Waited += time;

    /// <summary>An attempt has ended, and was waited for for this long.</summary>
    public void Add(Attempt attempt, TimeSpan waited)
    {
        _attempts.Add(attempt);
        Waited += waited;
    }
}
