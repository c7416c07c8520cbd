using Gateway.Completions;
using Gateway.Protocol;
using Gateway.Routing;
using Gateway.Telemetry;
using Gateway.Upstream;

namespace Gateway.Dispatch.Resume;

/// <summary>Finds another replica of the same pool for a stream that lost its own, and has it go on.</summary>
public sealed class Resumer(AttemptSender sender, PrefillGate gate, TimeProvider time)
{
    /// <summary>Replicas that are asked to take one stream over before it is given up.</summary>
    private const int MostTries = 3;

    /// <summary>Pause before it is asked again whether a replica has room for another prefill.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);

    public TimeProvider Time { get; } = time;

    /// <summary>Begins the journal of a stream.</summary>
    /// <returns>Null where it is not to be resumed.</returns>
    public static Journal? Open(Exchange exchange) => Resumable.MostFor(exchange) > 0 ? new Journal(exchange.Route!.ResumesExactly) : null;

    /// <summary>Goes on with a stream that broke.</summary>
    /// <param name="exchange">The request.</param>
    /// <param name="journal">What was shown.</param>
    /// <param name="from">The replica it was at.</param>
    /// <param name="fault">Why it broke.</param>
    public async ValueTask<Resumption> ResumeAsync(Exchange exchange, Journal journal, Replica? from, UpstreamFault fault)
    {
        var fields = ResumeFields.Read(exchange.Body!.Span);
        if (fault.Kind == FaultKind.ServerError)
            journal.Deaths++;
        if (ResumeRule.Decide(fault.Kind, CaseOf(exchange, journal, fields)) == Mechanism.None || exchange.Lifetime?.EndedBy is not null)
            return Resumption.Failed(fault);
        if (from is not null)
            journal.Left.Add(from);
        exchange.Break(fault);
        var resumption = await TakeOverAsync(exchange, journal, fields, fault.Kind, isPlanned: false);
        if (resumption.Leg is { } leg)
            Note(exchange, journal, fault.Kind.ToString(), leg);
        return resumption.Fault is null ? resumption : Resumption.Failed(fault);
    }

    /// <summary>Has it go on as the rule says; where a replica will not go on by ids, as if there were none.</summary>
    private async ValueTask<Resumption> TakeOverAsync(Exchange exchange, Journal journal, ResumeFields fields, FaultKind fault, bool isPlanned)
    {
        var refused = false;
        while (true)
        {
            var stream = CaseOf(exchange, journal, fields);
            var takeover = new Takeover(exchange, journal, fields, ResumeRule.Decide(fault, stream)) { IsPlanned = isPlanned };
            if (takeover.Mechanism == Mechanism.None || (isPlanned && takeover.Mechanism is not (Mechanism.Continue or Mechanism.Ids)))
                return Resumption.Failed(new UpstreamFault(fault, "the answer cannot go on elsewhere"));
            if (takeover.IsSpent)
                return Resumption.Ended("length");
            var resumption = await SendAsync(takeover);
            if (takeover.Mechanism == Mechanism.Ids)
            {
                if (resumption.Fault is not { Kind: FaultKind.CallerError or FaultKind.ModelMissing })
                    return resumption;
                journal.Ids!.Forget();
                refused = true;
                continue;
            }

            if (resumption.Leg is not null && exchange.Route!.ResumesExactly && takeover.Mechanism != Mechanism.Restart)
                ResumeMetrics.CountInexact(exchange.AnsweredBy!.Pool.Name, refused ? "refused" : ResumeRule.WhyNotByIds(stream)!);
            return resumption;
        }
    }

    /// <summary>Takes a stream from a replica that is going away, if it would not come to its end there and another has room for it now.</summary>
    /// <param name="exchange">The request.</param>
    /// <param name="journal">What was shown.</param>
    /// <param name="from">The replica it is at, and where it stays when nothing comes of this.</param>
    public async ValueTask<ResumedLeg?> LeaveAsync(Exchange exchange, Journal journal, Replica from)
    {
        if (from.Notice is not { } notice || journal.HoldsCall || Time.GetElapsedTime(journal.LookedAt) < DrainRule.Look)
            return null;
        journal.LookedAt = Time.GetTimestamp();
        var fields = ResumeFields.Read(exchange.Body!.Span);
        if (!DrainRule.MustLeave(notice, Time.GetElapsedTime(notice.At), journal.Pace.Gap(Time), journal.TotalTokens, fields.Limit)
            || (await TakeOverAsync(exchange, journal, fields, FaultKind.Aborted, isPlanned: true)).Leg is not { } leg)
            return null;
        journal.Left.Add(from);
        Note(exchange, journal, "Drain", leg);
        return leg;
    }

    /// <summary>Asks one replica after the other to take it over.</summary>
    private async ValueTask<Resumption> SendAsync(Takeover takeover)
    {
        var (exchange, journal) = (takeover.Exchange, takeover.Journal);
        var (to, last, mayReconnect) = (exchange.AnsweredBy!, (UpstreamFault?)null, true);
        for (var tries = 0; tries < MostTries && exchange.Lifetime!.EndedBy is null; tries++)
        {
            if (Pick(takeover, to.Pool) is not { } picked)
                break;
            // What is entered is left: the call may take tokens back that it would have the replica read.
            var tokens = takeover.PrefillTokens;
            if (!await EnterAsync(takeover, picked, tokens))
                break;
            SentAttempt sent;
            try
            {
                sent = await SendAsync(takeover, to, picked);
            }
            finally
            {
                gate.Leave(picked.Replica, tokens);
            }

            exchange.Add(sent.Attempt, TimeSpan.Zero);
            if (sent.Answer.Fault is not { } fault)
                return new Resumption(takeover.Begin(sent.Answer), null, null);
            last = fault;
            if (takeover.Mechanism == Mechanism.Ids && fault.Kind is FaultKind.CallerError or FaultKind.ModelMissing)
            {
                // It serves chats all the same, and is asked for one next.
                picked.Replica.Breaker.Dropped(picked.Pass);
                break;
            }

            ReplicaReport.Failed(picked.Replica, picked.Pass, fault);
            if (fault.Side == FaultSide.Caller)
                break;
            if (fault.Kind == FaultKind.StaleConnection && mayReconnect)
                (mayReconnect, tries) = (false, tries - 1);
            else
                journal.Left.Add(picked.Replica);
        }

        return Resumption.Failed(last ?? new UpstreamFault(FaultKind.Cut, "no replica was left to go on with the answer"));
    }

    /// <summary>A replica that has not lost it; one that is thought to be down only for a stream that has nowhere to stay.</summary>
    private static Picked? Pick(Takeover takeover, Pool pool)
    {
        var (left, request) = (takeover.Journal.Left, takeover.Exchange.PickRequestFor(pool));
        return pool.Pick(left, request: request) ?? (takeover.IsPlanned ? null : pool.Pick(left, evenUnavailable: true, request));
    }

    /// <summary>Waits until the replica has room for the prefill; a stream that can still stay where it is does not wait.</summary>
    private async ValueTask<bool> EnterAsync(Takeover takeover, Picked picked, int tokens)
    {
        var lifetime = takeover.Exchange.Lifetime!;
        while (!gate.TryEnter(picked.Replica, tokens))
        {
            if (!takeover.IsPlanned)
                await Task.Delay(Look, Time, lifetime.CallerGone).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!takeover.IsPlanned && lifetime.EndedBy is null)
                continue;
            picked.Replica.Breaker.Dropped(picked.Pass);
            return false;
        }

        return true;
    }

    private async ValueTask<SentAttempt> SendAsync(Takeover takeover, UpstreamPool to, Picked picked)
    {
        if (await takeover.CallAsync(to, picked.Replica) is { } call)
            return await sender.SendAsync(takeover.Exchange, call, picked, new AttemptClock(takeover.Exchange.Lifetime!), takeover.HidesAt(picked.Replica));
        var refused = takeover.Mechanism == Mechanism.Ids
            ? new UpstreamFault(FaultKind.CallerError, "it did not say what the tokens read")
            : new UpstreamFault(FaultKind.ServerError, "it did not render the prompt as tokens");
        return new SentAttempt(new Attempt(to.Pool, picked.Replica, refused, TimeSpan.Zero), DispatchedAnswer.Broken(refused));
    }

    /// <summary>Goes on with a stream whose thought has come to its end, at the same pool and as a chat, which can tell calls from text.</summary>
    public ValueTask<Resumption> HandOverAsync(Exchange exchange, Journal journal) =>
        SendAsync(new Takeover(exchange, journal, ResumeFields.Read(exchange.Body!.Span), Mechanism.Continue));

    private static bool HasAttachments(ChatRequest request)
    {
        foreach (var turn in request.Turns)
        {
            if (turn.Attachments > 0)
                return true;
        }

        return false;
    }

    /// <summary>Whether any replica takes tokens, or may for all anyone knows.</summary>
    private static bool MayTakeTokens(Pool pool)
    {
        foreach (var replica in pool.Replicas)
        {
            if (replica.Capabilities is null or { TakesTokens: true })
                return true;
        }

        return false;
    }

    private static void Note(Exchange exchange, Journal journal, string cause, ResumedLeg leg)
    {
        journal.Migrations++;
        journal.Pace.Restart();
        exchange.AnsweredAt = leg.Answer.Replica;
        exchange.Resumes++;
        ResumeMetrics.Count(exchange.AnsweredBy!.Pool.Name, cause, leg.Mechanism);
    }

    private static ResumeCase CaseOf(Exchange exchange, Journal journal, ResumeFields fields)
    {
        return new ResumeCase(journal.Migrations, Resumable.MostFor(exchange))
        {
            Deaths = journal.Deaths,
            IsLost = journal.IsLost,
            ShowsText = !journal.SolidContent.IsEmpty,
            HasContent = !journal.Content.IsEmpty,
            ShowsThought = !journal.Reasoning.IsEmpty && !journal.HidesThought,
            KnowsIds = journal.Ids is { IsKnown: true },
            HoldsCall = journal.HoldsCall,
            OffersTools = exchange.Request!.Tools > 0,
            HasAttachments = HasAttachments(exchange.Request),
            BoundsThought = fields.BoundsThought,
            IsBound = fields.IsBound,
            IsStructured = fields.IsStructured,
            WantsLogprobs = fields.WantsLogprobs,
            MayTakeTokens = MayTakeTokens(exchange.AnsweredBy!.Pool),
        };
    }
}
