using System.Text;
using Gateway.Routing.Complexity;
using Gateway.Routing.Complexity.Keywords;

namespace Gateway.Routing.Tests.Complexity;

/// <summary>The scorer that a gateway has when nothing is said about it.</summary>
internal static class DefaultScorer
{
    public static readonly IComplexityScorer Instance = ComplexityScorers.Create(ComplexityScorers.Default, KeywordRule.Reference);

    public static double Score(string ask) => Instance.Score(new Prompt { Ask = Encoding.UTF8.GetBytes(ask), UserTurns = 1, Messages = 1 }).Value;
}
