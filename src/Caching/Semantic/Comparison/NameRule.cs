namespace Gateway.Caching.Semantic.Comparison;

/// <summary>Tells a name that is spelt like a small word from the word, by its capitals.</summary>
internal static class NameRule
{
    /// <summary>US, IT and WHO are no us, it and who; nor is May in "May 5", Go in "to Go" or the C of "vitamin C" a small word.</summary>
    /// <param name="tokens">The ask's tokens.</param>
    /// <param name="at">Which of them.</param>
    /// <param name="role">What it does as a small word.</param>
    public static bool IsName(List<AskToken> tokens, int at, WordRole role)
    {
        var token = tokens[at];
        var isWithin = at > 0 && tokens[at - 1].Kind == TokenKind.Word;
        return token.Case switch
        {
            LetterCase.Lower => false,
            LetterCase.Capital => role is WordRole.May or WordRole.Hyper && isWithin,
            _ when token.Length == 1 => role == WordRole.Article ? isWithin : role != WordRole.I,
            _ => role is WordRole.Stop or WordRole.Article or WordRole.Light or WordRole.Prep or WordRole.Who
                or WordRole.I or WordRole.You or WordRole.He or WordRole.She or WordRole.They,
        };
    }
}
