namespace Gateway.Guardrails;

/// <summary>Says what is wrong with a text. Does no IO, keeps nothing of what it sees, takes time linear in the text.</summary>
/// <remarks>
/// One method serves whole texts and streams. Of a stream it is shown windows: some text that was released already, what is held back, and
/// what has just come. A guard decides the same wherever the windows are cut, provided that it says where it is undecided.
/// </remarks>
public interface IGuard
{
    /// <summary>Bytes before a place that its judgement of that place may depend on: so much released text is shown again as context.</summary>
    int Lookbehind { get; }

    /// <summary>Inspects a text and adds what it finds.</summary>
    /// <param name="text">UTF-8, of any content and length.</param>
    /// <param name="passage">What the text is.</param>
    /// <param name="found">
    /// Filled in, by place. Only what is settled: each finding ends at or before the place returned. What lies before
    /// <see cref="Passage.Context"/> as a whole may be found again or not; nobody looks.
    /// </param>
    /// <returns>
    /// The place from which on more text could still change the judgement, as the longest open beginning of something: text before it may be
    /// released. The text's length when nothing is open; always so when <see cref="Passage.IsEnd"/>.
    /// </returns>
    int Inspect(ReadOnlySpan<byte> text, in Passage passage, Findings found);

    /// <summary>
    /// Whether it can say nothing of such a text before its end. Then it is not asked before, the text is held back until then, and the limits
    /// of <see cref="WindowLimits"/> do not apply: a document that is cut is not the document.
    /// </summary>
    bool NeedsWhole(TextSource source) => false;

    /// <summary>Whether its judgement of an answer depends on the prompt, so that <see cref="For"/> has to be asked.</summary>
    bool ReadsPrompt => false;

    /// <summary>The guard for the answer to one prompt; itself unless its judgement depends on the prompt.</summary>
    /// <param name="prompt">The texts of the request.</param>
    IGuard For(IReadOnlyList<GuardedText> prompt) => this;
}
