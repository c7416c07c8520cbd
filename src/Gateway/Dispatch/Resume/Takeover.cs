using Gateway.Completions;
using Gateway.Protocol;
using Gateway.Routing;
using Gateway.Upstream;

namespace Gateway.Dispatch.Resume;

/// <summary>One stream that another replica shall take over, and the request that makes it do so.</summary>
internal sealed class Takeover(Exchange exchange, Journal journal, ResumeFields fields, Mechanism mechanism)
{
    public Exchange Exchange => exchange;

    public Journal Journal => journal;

    /// <summary>Nothing has broken yet: its replica is going away, and it goes before.</summary>
    public bool IsPlanned { get; init; }

    public ResumeFields Fields => fields;

    public Mechanism Mechanism => mechanism;

    /// <summary>What of the answer only we ask for.</summary>
    public HiddenParts Hides => exchange.Request!.AsksRunningUsage ? HiddenParts.None : HiddenParts.RunningUsage;

    /// <summary>Tokens that were generated before what is to come.</summary>
    public int Generated => mechanism switch
    {
        Mechanism.Restart or Mechanism.Replay => 0,
        // The white space at the end is said again; of a thought alone nothing is.
        Mechanism.Continue when !journal.SolidContent.IsEmpty => journal.SolidTokens,
        _ => journal.ShownTokens,
    };

    /// <summary>All tokens that the caller allows have been generated.</summary>
    public bool IsSpent => fields.Limit is { } limit && Generated >= limit;

    /// <summary>Tokens that the replica has to read again, estimated where nobody has counted.</summary>
    public int PrefillTokens => (journal.PromptTokens ?? TokenEstimate.OfBody(exchange.Body!.Length)) + Generated;

    public UpstreamCall CallAt(UpstreamPool to, Replica replica)
    {
        var (body, request, model) = (exchange.Body!.Memory, exchange.Request!, AttemptSender.ModelOf(exchange, to));
        var splice = mechanism == Mechanism.Continue
            ? ContinuationBody.Continued(body, request, fields, journal, Generated, model)
            : RequestSplice.Of(body, request, model, priority: exchange.Plan!.Priority, wantsRunningUsage: true);
        return new UpstreamCall(to, replica, splice, IsStream: true, AttemptSender.HeadersOf(exchange));
    }

    /// <summary>Begins the leg that was sent for.</summary>
    public ResumedLeg Begin(DispatchedAnswer answer)
    {
        var before = Generated;
        journal.Begin(before);
        var seam = new Seam(journal, mechanism == Mechanism.Replay, StopScan.Of(fields.Stops, journal.Content.Span));
        return new ResumedLeg(answer, mechanism, seam, before)
        {
            Thought = mechanism == Mechanism.Tokens ? new ThoughtSplit() : null,
            EndsWithThought = exchange.Request!.Tools > 0,
        };
    }
}
