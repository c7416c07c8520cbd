using System.Collections.Frozen;

namespace Gateway.Routing.Complexity;

/// <summary>The complexity scorers by the name the configuration uses.</summary>
public static class ComplexityScorers
{
    private static readonly FrozenDictionary<string, IComplexityScorer> ByName =
        new Dictionary<string, IComplexityScorer> 
        {
            ["lexical"] = new LexicalScorer(),
            ["learned"] = new LearnedScorer(DefaultArtefact.Instance),
        }.ToFrozenDictionary();

    public static IReadOnlyCollection<string> Names => ByName.Keys;

    public static IComplexityScorer Get(string name) => ByName[name];
}
