namespace Gateway.Guardrails;

/// <summary>A guard that asks someone else: a model, a service. May fail; the step that it belongs to says what that means.</summary>
public interface IRemoteGuard
{
    /// <summary>Inspects texts together.</summary>
    /// <param name="texts">The texts, as the steps before have left them.</param>
    /// <param name="cancel">Fires when nobody waits for the answer any more.</param>
    /// <returns>What it found. Faults and timeouts are values too.</returns>
    ValueTask<RemoteVerdict> InspectAsync(IReadOnlyList<GuardedText> texts, CancellationToken cancel);
}

/// <summary>What a remote guard says.</summary>
/// <param name="Findings">What it found, of which text and where; a finding of no length concerns the text as a whole.</param>
/// <param name="Failure">Why it could not say, in a few words for the operator; null when it could.</param>
public sealed record RemoteVerdict(IReadOnlyList<TextFinding> Findings, string? Failure = null)
{
    public static readonly RemoteVerdict Clean = new([]);

    public static RemoteVerdict Failed(string why) => new([], why);
}

/// <summary>A finding in one of several texts.</summary>
/// <param name="Text">Index of the text.</param>
/// <param name="Finding">What was found in it.</param>
public readonly record struct TextFinding(int Text, Finding Finding);
