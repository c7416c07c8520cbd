using System.Collections.Immutable;
using Gateway.Completions;
using Gateway.Guardrails;
using Gateway.Protocol;

namespace Gateway.Guarding.Requests;

/// <summary>Has a request's texts inspected, and puts the redacted body in the place of the caller's.</summary>
/// <remarks>
/// Everything behind it — the cache's key, scoring, every attempt, resuming, shadows — reads the body of the exchange, and so knows nothing of what
/// was redacted.
/// </remarks>
internal static class InputInspection
{
    /// <returns>The error to answer with; null when the request may pass as far as is known by now.</returns>
    public static ValueTask<ApiError?> RunAsync(Exchange exchange, GuardVisit visit, TimeProvider time)
    {
        var policy = visit.Policy;
        if (policy.Input.IsEmpty && !policy.ReadsPrompt)
            return default;
        var texts = RequestTexts.Of(exchange.Body!.Memory, exchange.Request!);
        (visit.Texts, visit.Prompt) = (texts, texts);
        if (policy.Input.IsEmpty)
            return default;
        if (Redacts(policy.Input))
            Reserve(visit.Placeholders, texts);
        var chain = new GuardChain(policy.Input, texts, visit.Placeholders, time) { Model = exchange.Asked!.Name, Group = exchange.BoundTo };
        visit.Input = chain;
        visit.Late = GuardSetup.AsksRemote(policy) ? new LateVerdicts(chain, time) : null;
        var running = visit.Late?.RunAsync(exchange.CallerGone) ?? chain.RunAsync(CancellationToken.None);
        return running.IsCompletedSuccessfully ? new ValueTask<ApiError?>(Finish(exchange, visit)) : AwaitAsync(running, exchange, visit);
    }

    private static async ValueTask<ApiError?> AwaitAsync(ValueTask running, Exchange exchange, GuardVisit visit)
    {
        await running;
        return Finish(exchange, visit);
    }

    private static ApiError? Finish(Exchange exchange, GuardVisit visit)
    {
        if (GuardRefusal.Of(exchange, visit) is { } refusal)
            return refusal;
        if (visit.Input!.Redacts)
            Replace(exchange, visit, visit.Input);
        return null;
    }

    private static void Replace(Exchange exchange, GuardVisit visit, GuardChain chain)
    {
        visit.Original = exchange.Body!;
        var body = BodyRedaction.Apply(visit.Original.Span, visit.Texts!, chain.Redactions);
        exchange.Body = body;
        var (request, error) = ChatRequestReader.Read(
            body.Span, exchange.Blueprint.Options.Server.MaxJsonDepth, withMembers: exchange.Blueprint.Cache is not null);
        if (error is not null)
            throw new InvalidOperationException($"A redacted body reads as {error.Code}.");
        exchange.Request = request;
        visit.Prompt = [];
        if (!visit.Policy.ReadsPrompt)
            return;
        visit.Sent = RequestTexts.Of(body.Memory, request!);
        visit.Prompt = visit.Sent;
    }

    private static void Reserve(Placeholders placeholders, RequestTexts texts)
    {
        for (var i = 0; i < texts.Count; i++)
            placeholders.Reserve(texts[i].Utf8.Span);
    }

    private static bool Redacts(ImmutableArray<GuardStep> steps)
    {
        foreach (var step in steps)
        {
            if (step.Action == GuardAction.Redact)
                return true;
        }

        return false;
    }
}
