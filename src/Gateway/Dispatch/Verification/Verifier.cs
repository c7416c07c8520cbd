using Gateway.Completions;
using Gateway.Protocol;
using Gateway.Routing;
using Gateway.Routing.Cascade;
using Gateway.Routing.Cascade.Checks;
using Gateway.Upstream;

namespace Gateway.Dispatch.Verification;

/// <summary>Judges an answer of a smaller pool before any of it is shown.</summary>
/// <remarks>
/// Of a stream its first tokens are held back and judged; what must be judged whole, tool calls and JSON, is held whole. A plain
/// answer is whole already. An answer that breaks while it is held is an attempt that failed, like one before the first token.
/// </remarks>
public sealed class Verifier(TimeProvider time)
{
    /// <summary>How the coming answer is to be judged; null when it is shown as it comes, and why, if it should have been judged, is noted.</summary>
    /// <param name="exchange">The request.</param>
    /// <param name="larger">The pool that would answer in its place; null when there is none.</param>
    public static VerifySettings? SettingsFor(Exchange exchange, Pool? larger)
    {
        if (exchange.Plan!.Verify is not { } settings || larger is null)
            return null;
        if (exchange.Request!.Choices > 1)
            return Skip(exchange, "n > 1");
        return larger.IsAvailable ? settings : Skip(exchange, $"{larger.Name} is not available");
    }

    /// <returns>The answer, to be shown; or with its weakness, to be given up; or broken.</returns>
    public async ValueTask<DispatchedAnswer> VerifyAsync(Exchange exchange, DispatchedAnswer answer, UpstreamPool from, VerifySettings settings)
    {
        var judging = exchange.Judging ??= new Judging();
        var startedAt = time.GetTimestamp();
        var draft = new DraftAnswer();
        var request = exchange.Request!;
        var body = exchange.Body!.Memory;
        using var offer = new Offer(Part(body, request.ToolsValue), Part(body, request.ResponseFormat), request.MaxTokens);
        var fault = await ReadAsync(answer, from, settings, draft, offer);
        if (fault is not null)
        {
            exchange.Hold(time.GetElapsedTime(startedAt), fault);
            answer.Dispose();
            return DispatchedAnswer.Broken(fault);
        }

        var judgement = AnswerJudge.Judge(draft, offer, settings, exchange.Plan!.Score);
        if (judgement.IsWeak)
            judging.Add(new Escalation(from, judgement, await ProbeAsync(exchange, answer, draft)));
        else
            judging.Passed = judgement;
        var held = time.GetElapsedTime(startedAt);
        exchange.Hold(held, null);
        judging.Delay += judgement.IsWeak ? held + exchange.Attempts[^1].Took : held;
        if (judgement.IsWeak)
            answer.Weaken(isWhole: draft.IsWhole);
        return answer;
    }

    private static ValueTask<UpstreamFault?> ReadAsync(
        DispatchedAnswer answer, UpstreamPool from, VerifySettings settings, DraftAnswer draft, Offer offer)
    {
        if (answer.Whole is not { } whole)
            return StreamHold.ReadAsync(answer, from.Connections.Timeouts.Idle, draft, offer, settings.Tokens);
        DraftReader.Read(whole.Body.Span, draft);
        return ValueTask.FromResult<UpstreamFault?>(null);
    }

    /// <summary>What the weak answer took: counted by the upstream, or estimated where it is broken off.</summary>
    private static async ValueTask<Usage> ProbeAsync(Exchange exchange, DispatchedAnswer answer, DraftAnswer draft)
    {
        var counted = answer.Whole is { } whole ? whole.Usage : draft.IsWhole ? await StreamHold.ReadUsageAsync(answer) : null;
        return counted ?? new Usage(TokenEstimate.OfBody(exchange.Body!.Memory.Length), draft.Arrived, 0);
    }

    private static VerifySettings? Skip(Exchange exchange, string why)
    {
        (exchange.Judging ??= new Judging()).Skipped = why;
        return null;
    }

    private static ReadOnlyMemory<byte> Part(ReadOnlyMemory<byte> body, ByteRange range) => body.Slice(range.Start, range.Length);
}
