namespace Gateway.Caching.Semantic.Comparison;

/// <summary>What a word does that is no content; the names are those of the classes in Words.txt.</summary>
internal enum WordRole : byte
{
    Content,
    Article,
    Stop,
    Light,
    Lead,
    Prep,
    Join,
    Or,
    Versus,
    Not,
    All,
    Some,
    Any,
    Only,
    Can,
    Must,
    Should,
    May,
    Past,
    Present,
    Future,
    I,
    You,
    He,
    She,
    They,
    How,
    Why,
    When,
    Where,
    Who,
    What,
    Hyper,
    Number,
    Ordinal,
    Form,
    Time,
    Cause,
}

/// <summary>What is known of a word.</summary>
/// <param name="Role">What it does.</param>
/// <param name="Value">Of a number its value, of a preposition which it is.</param>
internal readonly record struct WordUse(WordRole Role, long Value);
