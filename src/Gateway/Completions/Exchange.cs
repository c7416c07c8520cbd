using Gateway.Dispatch;
using Gateway.Hosting;
using Gateway.Protocol;
using Gateway.Routing.Cascade;
using Gateway.Routing.Conversations;
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

    /// <summary>The caller's bytes.</summary>
    public RequestBody? Body { get; set; }

    /// <summary>The view over them.</summary>
    public ChatRequest? Request { get; set; }

    /// <summary>The model that was asked for.</summary>
    public ModelRoute? Asked { get; set; }

    /// <summary>How it is routed: as the model asked for, or as one that is tried in its place.</summary>
    public ModelRoute? Route { get; set; }

    public RoutePlan? Plan { get; set; }

    /// <summary>What the rules decided; null when none of them sends it anywhere.</summary>
    public RuleDecision? Ruling { get; set; }

    /// <summary>The conversation it is a turn of; null where nothing is decided by conversation.</summary>
    public ConversationKey? Conversation { get; set; }

    /// <summary>Which side of its model's trial it is on.</summary>
    public Arm Arm { get; set; }

    /// <summary>What the routing that is tried would have planned; null unless it is shadowed.</summary>
    public RoutePlan? ShadowPlan { get; set; }

    /// <summary>How long it may still take; runs from the moment it is dispatched.</summary>
    public RequestLifetime? Lifetime { get; set; }

    /// <summary>Every try at a replica, in order; the last one holds the answer if there is one.</summary>
    public IReadOnlyList<Attempt> Attempts => _attempts;

    /// <summary>The pool that answered.</summary>
    public UpstreamPool? AnsweredBy { get; set; }

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

    public void Add(Attempt attempt)
    {
        _attempts.Add(attempt);
        Waited += attempt.Took;
    }
}
