using Gateway.Completions;
using Gateway.Configuration;
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
    public static Journal? Open(Exchange exchange) => Resumable.SettingsFor(exchange) is null ? null : new Journal();

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
        var mechanism = ResumeRule.Decide(fault.Kind, CaseOf(exchange, journal, fields));
        if (mechanism == Mechanism.None || exchange.Lifetime?.EndedBy is not null)
            return Resumption.Failed(fault);
        if (from is not null)
            journal.Left.Add(from);
        exchange.Break(fault);
        var takeover = new Takeover(exchange, journal, fields, mechanism);
        if (takeover.IsSpent)
            return Resumption.Ended("length");
        var resumption = await SendAsync(takeover);
        if (resumption.Leg is { } leg)
            Note(exchange, journal, fault.Kind.ToString(), leg);
        return resumption.Leg is null ? Resumption.Failed(fault) : resumption;
    }

    /// <summary>Asks one replica after the other to take it over.</summary>
    private async ValueTask<Resumption> SendAsync(Takeover takeover)
    {
        var (exchange, journal) = (takeover.Exchange, takeover.Journal);
        var (to, last, mayReconnect) = (exchange.AnsweredBy!, (UpstreamFault?)null, true);
        for (var tries = 0; tries < MostTries && exchange.Lifetime!.EndedBy is null; tries++)
        {
            if ((to.Pool.Pick(journal.Left) ?? to.Pool.Pick(journal.Left, evenUnavailable: true)) is not { } picked)
                break;
            var startedAt = Time.GetTimestamp();
            while (!gate.TryEnter(picked.Replica, takeover.PrefillTokens))
                await Task.Delay(Look, Time, exchange.Lifetime.CallerGone).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            SentAttempt sent;
            try
            {
                sent = await sender.SendAsync(takeover.CallAt(to, picked.Replica), picked, new AttemptClock(exchange.Lifetime), takeover.Hides);
            }
            finally
            {
                gate.Leave(picked.Replica, takeover.PrefillTokens);
            }

            exchange.Add(sent.Attempt, TimeSpan.Zero);
            if (sent.Answer.Fault is not { } fault)
                return new Resumption(new ResumedLeg(sent.Answer, takeover.Mechanism, takeover.MeetAt(), takeover.Generated), null, null);
            last = fault;
            ReplicaReport.Failed(picked.Replica, picked.Pass, fault);
            if (fault.Side == FaultSide.Caller)
                break;
            if (fault.Kind == FaultKind.StaleConnection && mayReconnect)
                (mayReconnect, tries) = (false, tries - 1);
            else
                journal.Left.Add(picked.Replica);
        }

        return Resumption.Failed(last ?? UpstreamFault.CallerGone);
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
        var settings = Resumable.SettingsFor(exchange) ?? new ResumeOptions { Max = 0 };
        return new ResumeCase(journal.Migrations, settings.Max)
        {
            Deaths = journal.Deaths,
            IsLost = journal.IsLost,
            ShowsText = !journal.SolidContent.IsEmpty,
            ShowsThought = !journal.Reasoning.IsEmpty,
            HoldsCall = journal.HoldsCall,
            IsBound = fields.IsBound,
            IsStructured = fields.IsStructured,
            OffersTools = exchange.Request!.Tools > 0,
            WantsLogprobs = fields.WantsLogprobs,
            MayTakeTokens = false,
            HasIds = !journal.Ids.IsEmpty,
        };
    }
}
