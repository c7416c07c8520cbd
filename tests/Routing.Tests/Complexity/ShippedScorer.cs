using System.Text;
using Gateway.Routing.Complexity;
using Gateway.Routing.Complexity.Keywords;

namespace Gateway.Routing.Tests.Complexity;

/// <summary>The learned scorer with the weights that come with the gateway.</summary>
internal static class ShippedScorer
{
    public static readonly IComplexityScorer Instance = ComplexityScorers.Create("learned", KeywordRule.Reference);

    public static double Score(string ask) => Instance.Score(new Prompt { Ask = Encoding.UTF8.GetBytes(ask), UserTurns = 1, Messages = 1 }).Value;
}
