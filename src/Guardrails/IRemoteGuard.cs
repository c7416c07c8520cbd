namespace Gateway.Guardrails;

/// <summary>A guard that asks someone else: a model, a service. May fail; the step that it belongs to says what that means.</summary>
public interface IRemoteGuard
{
    /// <summary>Inspects texts together.</summary>
    /// <param name="question">The texts, and what they belong to.</param>
    /// <param name="cancel">Fires when nobody waits for the answer any more.</param>
    /// <returns>What it found. Faults and timeouts are values too; the one exception is that of <paramref name="cancel"/>.</returns>
    ValueTask<RemoteVerdict> InspectAsync(RemoteQuestion question, CancellationToken cancel);
}

/// <summary>What a remote guard is asked.</summary>
/// <param name="Texts">What is inspected, as the steps before have left it: the texts of a request, or of an answer, or of what has come of one by now.</param>
public sealed record RemoteQuestion(IReadOnlyList<GuardedText> Texts)
{
    /// <summary>The prompt that the texts answer; null when they are a prompt themselves.</summary>
    public IReadOnlyList<GuardedText>? Prompt { get; init; }

    /// <summary>The model that was asked for, by its public name; null when unknown.</summary>
    public string? Model { get; init; }

    /// <summary>The group of pools that texts of this request may not leave; null when they may go anywhere.</summary>
    public string? Group { get; init; }
}

/// <summary>What a remote guard says.</summary>
/// <param name="Findings">What it found, of which text and where; a finding of no length concerns the text as a whole.</param>
/// <param name="Failure">Why it could not say, in a few words for the operator; null when it could.</param>
public sealed record RemoteVerdict(IReadOnlyList<TextFinding> Findings, string? Failure = null)
{
    public static readonly RemoteVerdict Clean = new([]);

    /// <summary>What the guard itself asks for; null when it leaves that to its step. <see cref="GuardStep.ActionOn"/> has the last word.</summary>
    public GuardAction? Asks { get; init; }

    public static RemoteVerdict Failed(string why) => new([], why);
}

/// <summary>A finding in one of several texts.</summary>
/// <param name="Text">Index of the text.</param>
/// <param name="Finding">What was found in it.</param>
public readonly record struct TextFinding(int Text, Finding Finding);
