namespace Gateway.Caching.Semantic;

/// <summary>Asks that share a bar: of one model, one form and about one length.</summary>
/// <remarks>
/// Coarse on purpose: a class must see some hundred verdicts before its bar may move down. Language is no part of it, because an embedder
/// refuses those that it does not know.
/// </remarks>
/// <param name="Model">The model asked for.</param>
/// <param name="Form">Its form.</param>
/// <param name="Length">Its length.</param>
public readonly record struct AskClass(string Model, AskForm Form, AskLength Length)
{
    private const int ShortWords = 8, MediumWords = 24;

    /// <summary>All asks of the same model.</summary>
    public AskClass OfModel => new(Model, AskForm.Any, AskLength.Any);

    /// <summary>The class of an ask.</summary>
    public static AskClass Of(string model, string ask) => new(model, FormOf(ask), LengthOf(ask));

    /// <summary>Such as <c>auto question short</c>.</summary>
    public override string ToString() =>
        Form == AskForm.Any ? Model : $"{Model} {NameOf(Form)} {NameOf(Length)}";

    private static AskForm FormOf(ReadOnlySpan<char> ask)
    {
        if (CodeSigns.In(ask))
            return AskForm.Code;
        return ask.TrimEnd().EndsWith("?") || AsksByItsFirstWord(ask) ? AskForm.Question : AskForm.Instruction;
    }

    private static bool AsksByItsFirstWord(ReadOnlySpan<char> ask)
    {
        var text = ask.TrimStart();
        var end = text.IndexOfAny(" '’\n");
        return (end < 0 ? text : text[..end]) is { Length: >= 2 and <= 5 } word && IsQuestionWord(word);
    }

    private static bool IsQuestionWord(ReadOnlySpan<char> word)
    {
        foreach (var known in (ReadOnlySpan<string>)["what", "which", "who", "whose", "when", "where", "why", "how", "is", "are", "can", "could", "do", "does", "did", "should"])
        {
            if (word.Equals(known, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    private static AskLength LengthOf(ReadOnlySpan<char> ask)
    {
        var (words, isInside) = (0, false);
        foreach (var character in ask)
        {
            var isSpace = char.IsWhiteSpace(character);
            if (!isSpace && !isInside && ++words > MediumWords)
                return AskLength.Long;
            isInside = !isSpace;
        }

        return words <= ShortWords ? AskLength.Short : AskLength.Medium;
    }

    private static string NameOf(AskForm form) => form switch
    {
        AskForm.Code => "code",
        AskForm.Question => "question",
        AskForm.Instruction => "instruction",
        _ => "any",
    };

    private static string NameOf(AskLength length) => length switch
    {
        AskLength.Short => "short",
        AskLength.Medium => "medium",
        AskLength.Long => "long",
        _ => "any",
    };
}

/// <summary>What an ask looks like.</summary>
public enum AskForm : byte
{
    Any,
    Question,
    Instruction,

    /// <summary>It holds code, or names that only code has: one character more or less changes the answer.</summary>
    Code,
}

/// <summary>How long an ask is: up to 8 words, up to 24, more.</summary>
public enum AskLength : byte
{
    Any,
    Short,
    Medium,
    Long,
}
