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

    /// <summary>The text shown may end before that of the tokens it came with: stop strings are watched for, or tokens came several at a time.</summary>
    public bool TextMayLag => (fields.Stops.Count > 0 && !fields.ShowsStop) || journal.Ids!.MayRunAhead;

    /// <summary>Tokens that were generated before what is to come.</summary>
    public int Generated => mechanism switch
    {
        Mechanism.Restart or Mechanism.Replay => 0,
        Mechanism.Ids => journal.Ids!.Shown,
        // The white space at the end is said again; of a thought alone nothing is.
        Mechanism.Continue when !journal.SolidContent.IsEmpty => journal.SolidTokens,
        _ => journal.ShownTokens,
    };

    /// <summary>All tokens that the caller allows have been generated.</summary>
    /// <remarks>Where text lags, some of what was generated has still to be shown.</remarks>
    public bool IsSpent => fields.Limit is { } limit && Generated >= limit && !(mechanism == Mechanism.Ids && TextMayLag);

    /// <summary>Tokens that the replica has to read again, estimated where nobody has counted.</summary>
    public int PrefillTokens => (journal.PromptTokens ?? TokenEstimate.OfBody(exchange.Body!.Length)) + Generated;

    /// <summary>What of the replica's answer only we ask for.</summary>
    public HiddenParts HidesAt(Replica replica) => Resumable.HiddenIn(exchange, asksUsage: true, AsksIdsAt(replica));

    /// <summary>What is sent to the replica; null when it cannot be made for it.</summary>
    public async ValueTask<UpstreamCall?> CallAsync(UpstreamPool to, Replica replica)
    {
        if (mechanism == Mechanism.Tokens)
            return await TokenPrompt.CallAsync(this, to, replica);
        if (mechanism == Mechanism.Ids)
            return await IdPrompt.CallAsync(this, to, replica);
        var (body, request, model) = (exchange.Body!.Memory, exchange.Request!, AttemptSender.ModelOf(exchange, to));
        var splice = mechanism == Mechanism.Continue
            ? ContinuationBody.Continued(body, request, fields, journal, Generated, model, exchange.Plan!.Priority)
            : RequestSplice.Of(
                body, request, model, priority: exchange.Plan!.Priority, wantsRunningUsage: true, wantsTokenIds: AsksIdsAt(replica));
        return new UpstreamCall(to, replica, splice, IsStream: true, AttemptSender.HeadersOf(exchange));
    }

    /// <summary>Begins the leg that was sent for.</summary>
    public ResumedLeg Begin(DispatchedAnswer answer)
    {
        var before = Generated;
        journal.Begin(before, mechanism);
        var isRaw = mechanism is Mechanism.Tokens or Mechanism.Ids;
        return new ResumedLeg(answer, mechanism, new Seam(journal, mechanism, StopScan.Of(fields.Stops, journal.Content.Span)), before)
        {
            Thought = !isRaw ? null : journal.Content.IsEmpty ? new ThoughtSplit() : ThoughtSplit.BehindThought(),
            EndsWithThought = exchange.Request!.Tools > 0 && journal.Content.IsEmpty,
            TellsIds = mechanism == Mechanism.Ids && (HidesAt(answer.Replica!) & HiddenParts.TokenIds) == 0,
        };
    }

    /// <summary>An answer that begins anew is asked for with its ids, like the first one.</summary>
    private bool AsksIdsAt(Replica replica) =>
        mechanism == Mechanism.Ids || (mechanism == Mechanism.Restart && Resumable.AsksTokenIds(exchange, replica));
}
