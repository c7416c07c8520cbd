namespace Gateway.Caching.Semantic.Comparison;

/// <summary>Compares the small words that count: how many, whether it may be, when it was, who it is about.</summary>
internal static class RoleCheck
{
    public static AskDifference? Find(AskReading ask, AskReading other)
    {
        var (roles, others) = (ask.Roles, other.Roles);
        if (DifferInQuantity(roles, others))
            return AskDifference.Quantity;
        if (roles.Has(WordRole.Or) != others.Has(WordRole.Or) && (Joins(roles) && Joins(others)))
            return AskDifference.Order;
        if (DifferInModality(roles, others, ask.Kind))
            return AskDifference.Modality;
        if (DifferInTense(roles, others))
            return AskDifference.Tense;
        return DifferInPerson(roles, others) ? AskDifference.Person : null;
    }

    private static bool Joins(WordRoles roles) => roles.Has(WordRole.Or) || roles.Has(WordRole.Join);

    // "All" may be left out, but not become "some"; "only" may not be left out.
    private static bool DifferInQuantity(WordRoles roles, WordRoles others)
    {
        if (roles.Has(WordRole.Only) != others.Has(WordRole.Only))
            return true;
        var (some, otherSome) = (roles.Of(WordRole.All, WordRole.Any), others.Of(WordRole.All, WordRole.Any));
        return some != otherSome && some != 0 && otherSome != 0;
    }

    // "How can I" is "how do I", and "how should I" too; elsewhere what must be is not what can be, or just is.
    private static bool DifferInModality(WordRoles roles, WordRoles others, QuestionKind kind)
    {
        var (modes, otherModes) = (roles.Without(WordRole.Can).Of(WordRole.Can, WordRole.May), others.Without(WordRole.Can).Of(WordRole.Can, WordRole.May));
        if (modes == otherModes)
            return kind == QuestionKind.YesNo && roles.Has(WordRole.Can) != others.Has(WordRole.Can);
        return (modes != 0 && otherModes != 0) || kind is not (QuestionKind.How or QuestionKind.None) || roles.Has(WordRole.Can) || others.Has(WordRole.Can);
    }

    private static bool DifferInTense(WordRoles roles, WordRoles others)
    {
        if (roles.Of(WordRole.Past, WordRole.Future) == 0 || others.Of(WordRole.Past, WordRole.Future) == 0)
            return roles.Has(WordRole.Future) != others.Has(WordRole.Future);
        return roles.Has(WordRole.Past) != others.Has(WordRole.Past) || roles.Has(WordRole.Future) != others.Has(WordRole.Future);
    }

    private static bool DifferInPerson(WordRoles roles, WordRoles others)
    {
        var (persons, otherPersons) = (roles.Of(WordRole.I, WordRole.They), others.Of(WordRole.I, WordRole.They));
        // "My" may be left out, and "they" who are nobody in particular; "your", "his" and "her" may not.
        if (persons == 0 || otherPersons == 0)
            return roles.Of(WordRole.You, WordRole.She) != others.Of(WordRole.You, WordRole.She);
        return (persons & otherPersons) == 0 || roles.Of(WordRole.He, WordRole.They) != others.Of(WordRole.He, WordRole.They);
    }
}
