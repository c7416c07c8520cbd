using Gateway.Guardrails.Content.Leaks;

namespace Gateway.Guardrails.Content;

/// <summary>
/// Finds answers that repeat the application's instructions, with the label <c>prompt_leak</c> (OWASP LLM07, 2025: system prompt leakage). Knows them
/// through <see cref="For"/>; finds nothing where there is no prompt.
/// </summary>
/// <remarks>
/// Words are compared without case and punctuation, four at a time, so that a word may be changed every eight. What is in the user's own turns
/// too does not count: the user said it. The first four words of a run are what gives it away and are not part of the finding: they may have
/// been released by then. A stream is held back from there on while the run goes on.
/// </remarks>
public sealed class LeakGuard : IGuard
{
    /// <summary>The finding's label.</summary>
    public const string Label = "prompt_leak";

    private readonly int _words;

    /// <exception cref="FormatException">Less than two words.</exception>
    public LeakGuard(LeakSettings settings) =>
        _words = settings.Words >= 2 ? settings.Words : throw new FormatException($"{settings.Words} words are no leak; 2 or more are");

    public int Lookbehind => 0;

    public int Inspect(ReadOnlySpan<byte> text, in Passage passage, Findings found) => text.Length;

    public bool ReadsPrompt => true;

    public IGuard For(IReadOnlyList<GuardedText> prompt)
    {
        var phrases = new PhraseSet(_words, prompt);
        return phrases.IsEmpty ? this : new LeakScan(phrases, _words);
    }
}
