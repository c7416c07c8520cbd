namespace Gateway.Routing.Complexity.Keywords;

/// <summary>What makes a prompt strong: a word in it, its length, its number of messages.</summary>
/// <param name="Words">Looked for as parts of words, in any case; none is empty.</param>
/// <param name="Characters">A conversation with more is strong.</param>
/// <param name="Messages">A conversation with more is strong.</param>
public sealed record KeywordRule(IReadOnlyList<string> Words, int Characters, int Messages)
{
    /// <summary>
    /// The rule of the architecture that this gateway replaces: version 7 of its classifier, which was in use in spring 2026.
    /// </summary>
    public static readonly KeywordRule Reference = new(
        [
            "리팩터", "아키텍처", "설계", "분석", "최적화", "디버그", "마이그레이션",
            "refactor", "architect", "design", "analyze", "optimize", "debug", "migration", "complex", "performance", "security",
        ],
        Characters: 500,
        Messages: 5);
}
