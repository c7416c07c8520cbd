using System.Globalization;
using System.Text;
using Gateway.Guarding;
using Gateway.Guarding.Requests;
using Gateway.Guardrails;
using Gateway.Protocol;

namespace Gateway.Hosting;

/// <summary>What each policy's guards do with one prompt, in the words of <c>gateway explain</c>. Nobody outside this process is asked.</summary>
internal static class GuardExplanation
{
    /// <summary>Bytes of a redacted prompt that are shown.</summary>
    private const int MostShown = 400;

    public static void Append(StringBuilder text, GuardSetup guards, byte[] body, ChatRequest request)
    {
        foreach (var policy in guards.Policies)
        {
            var local = policy.Input.RemoveAll(static step => step.Local is null);
            var unasked = string.Concat(policy.Input.Where(static step => step.Local is null).Select(static step => $"; {step.Name} is not asked here"));
            var (done, redacted) = Run(local, body, request);
            text.Append(CultureInfo.InvariantCulture, $"guards of {policy.Name}: {(done.Length == 0 ? "none inspect requests" : done)}{unasked}\n");
            if (redacted is not null)
                text.Append(CultureInfo.InvariantCulture, $"  sent as {redacted}\n");
        }
    }

    private static (string Done, string? Redacted) Run(System.Collections.Immutable.ImmutableArray<GuardStep> steps, byte[] body, ChatRequest request)
    {
        using var texts = RequestTexts.Of(body, request);
        var placeholders = new Placeholders();
        foreach (var text in texts)
            placeholders.Reserve(text.Utf8.Span);
        var chain = new GuardChain(steps, texts, placeholders, TimeProvider.System);
        // Local guards answer at once.
        chain.RunAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();
        if (!chain.Redacts || chain.Report.BlockedBy is not null)
            return (chain.Report.Describe(), null);
        using var redacted = BodyRedaction.Apply(body, texts, chain.Redactions);
        using var sent = RequestTexts.Of(redacted.Memory, ChatRequestReader.Read(redacted.Span, maxDepth: 8).Request!);
        var shown = Encoding.UTF8.GetString(sent[0].Utf8.Span[..Math.Min(sent[0].Utf8.Length, MostShown)]);
        return (chain.Report.Describe(), shown.ReplaceLineEndings(" "));
    }
}
