using System.Collections.Frozen;
using Gateway.Routing.Complexity.Keywords;

namespace Gateway.Routing.Complexity;

/// <summary>The complexity scorers by the name the configuration uses.</summary>
public static class ComplexityScorers
{
    /// <summary>The scorer when the configuration names none.</summary>
    public const string Default = "learned";

    /// <summary>Whether the scorer of this name goes by an artefact.</summary>
    public static bool ReadsArtefact(string name) => name == Default;

    private static readonly FrozenDictionary<string, Func<KeywordRule, ScorerArtefact, IComplexityScorer>> ByName =
        new Dictionary<string, Func<KeywordRule, ScorerArtefact, IComplexityScorer>>
        {
            ["learned"] = (_, artefact) => new LearnedScorer(artefact),
            ["keywords"] = (rule, _) => new KeywordScorer(rule),
        }.ToFrozenDictionary();

    public static IReadOnlyCollection<string> Names => ByName.Keys;

    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="keywords">The rule of the scorer that goes by keywords; the others do not look at it.</param>
    /// <param name="artefact">What the learned scorer has learned; null for the one that comes with the gateway.</param>
    public static IComplexityScorer Create(string name, KeywordRule keywords, ScorerArtefact? artefact = null) =>
        ByName[name](keywords, artefact ?? DefaultArtefact.Instance);
}
