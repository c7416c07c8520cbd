namespace Gateway.Caching.Semantic.Comparison;

/// <summary>Says whether two asks that vectors put near each other differ where it matters.</summary>
/// <remarks>
/// The rule behind it: a word that bears content, or a number or a name, must have its counterpart in the other ask, the same word in
/// another form or one that is known to mean the same. Small words may come and go, but not those that negate, count, permit or say who,
/// when and which way. What is in doubt differs: the cost of a wrong no is one call of a model, that of a wrong yes a wrong answer.
/// </remarks>
public static class AskComparison
{
    /// <summary>The difference that matters, or null when there is none.</summary>
    public static AskDifference? Find(string ask, string other) => Find(AskReading.Of(ask), AskReading.Of(other));

    /// <summary>The difference that matters, or null when there is none.</summary>
    public static AskDifference? Find(AskReading ask, AskReading other)
    {
        if (ask.IsTooLong || other.IsTooLong)
            return AskDifference.Length;
        if (ask.Language != other.Language)
            return AskDifference.Language;
        if (ask.Code != other.Code)
            return AskDifference.Code;
        if (ask.Symbols != other.Symbols)
            return AskDifference.Symbols;
        if (DifferInKind(ask.Kind, other.Kind))
            return AskDifference.Question;
        return Negation(ask, other) ?? ItemCheck.Find(ask.Items, other.Items) ?? RoleCheck.Find(ask, other)
            ?? (OrderCheck.IsTurned(ask, other) ? AskDifference.Order : null);
    }

    // Without a question word an ask may be short for "what is" or "how to", but not for a question that wants yes or no, or a reason.
    private static bool DifferInKind(QuestionKind kind, QuestionKind other)
    {
        if (kind == other)
            return false;
        // How old someone is is what his age is; the words for it are compared as all others.
        if (kind is QuestionKind.HowFar && other is QuestionKind.What || kind is QuestionKind.What && other is QuestionKind.HowFar)
            return false;
        if (other == QuestionKind.None)
            (kind, other) = (other, kind);
        return kind != QuestionKind.None || other is not (QuestionKind.What or QuestionKind.How);
    }

    private static AskDifference? Negation(AskReading ask, AskReading other)
    {
        if (ask.Negated.Count != other.Negated.Count || ask.Roles.Has(WordRole.Not) != other.Roles.Has(WordRole.Not))
            return AskDifference.Negation;
        foreach (var key in ask.Negated)
        {
            if (key != 0 && !other.Negated.Contains(key) && !other.Negated.Contains(0))
                return AskDifference.Negation;
        }
        return null;
    }
}
