using System.Collections.Frozen;
using Gateway.Routing.Complexity.Keywords;

namespace Gateway.Routing.Complexity;

/// <summary>The complexity scorers by the name the configuration uses.</summary>
public static class ComplexityScorers
{
    /// <summary>The scorer when the configuration names none.</summary>
    public const string Default = "lexical";

    private static readonly FrozenDictionary<string, Func<KeywordRule, IComplexityScorer>> ByName = Build();

    public static IReadOnlyCollection<string> Names => ByName.Keys;

    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="keywords">The rule of the scorer that goes by keywords; the others do not look at it.</param>
    public static IComplexityScorer Create(string name, KeywordRule keywords) => ByName[name](keywords);

    private static FrozenDictionary<string, Func<KeywordRule, IComplexityScorer>> Build()
    {
        var lexical = new LexicalScorer();
        return new Dictionary<string, Func<KeywordRule, IComplexityScorer>>
        {
            ["lexical"] = _ => lexical,
            ["keywords"] = rule => new KeywordScorer(rule),
        }.ToFrozenDictionary();
    }
}
