using System.Globalization;
using System.Text;
using System.Text.Json;
using Gateway.Completions;
using Gateway.Completions.Prompts;
using Gateway.Completions.Ruling;
using Gateway.Configuration;
using Gateway.Protocol;
using Gateway.Routing.Cascade;
using Gateway.Routing.Complexity;

namespace Gateway.Hosting;

/// <summary>The words of <c>gateway explain</c>: what one prompt would score, and where each model would send it.</summary>
public static class Explanation
{
    private const int MostWords = 6;

    public static string Of(GatewayOptions options, string prompt)
    {
        var (body, request) = RequestFor(prompt);
        var scorer = Scorers.Create(options.Routing);
        using var reading = new PromptReading(body, request, scorer.ReadsConversation);
        var blueprint = BlueprintBuilder.ToRead(options);
        var text = new StringBuilder();
        AppendScore(text, options.Routing.Scorer, scorer.Score(reading.Prompt));
        if (scorer is LearnedScorer learned)
            AppendWords(text, learned, reading.Prompt);
        foreach (var route in blueprint.Catalog.Routes)
        {
            var facts = new RequestFacts(body, request, new HeaderDictionary(), QueryCollection.Empty, blueprint, TimeProvider.System) { Model = route.Name };
            text.Append(CultureInfo.InvariantCulture, $"{route.Name}: {Outcome(blueprint, route, facts, body, request)}\n");
        }

        if (blueprint.Guards is { } guards)
            GuardExplanation.Append(text, guards, body, request);
        return text.ToString();
    }

    private static string Outcome(Blueprint blueprint, ModelRoute asked, RequestFacts facts, byte[] body, ChatRequest request)
    {
        var decision = blueprint.Rules.Decide(facts);
        var failed = string.Concat(decision.Failures.Select(failure =>
            $"; rule {failure.Rule.Name} has no value here: {failure.Fault} at {failure.At.Line}:{failure.At.Column}"));
        if (decision.Rejection is { } rejection)
            return $"{rejection.Status} {rejection.Message}  (rule {decision.Matched[^1].Name}{failed})";
        var plan = RulePlanner.PlanOf(decision, asked, TokenEstimate.OfBody(body.Length))
            ?? RulePlanner.Explained(Planner.PlanByPrompt(blueprint.Router, decision.Target?.Model ?? asked, body, request), decision);
        var priority = decision.Priority is { } given ? $"; priority {given}" : "";
        return $"{string.Join(" -> ", plan.Pools.Select(pool => pool.Name))}  ({plan.Reason}{priority}{failed})";
    }

    private static void AppendScore(StringBuilder text, string scorer, ComplexityScore score)
    {
        text.Append(CultureInfo.InvariantCulture, $"complexity {score.Value:0.000} ({scorer})\n");
        for (var i = 0; i < ComplexityScore.MostFeatures; i++)
        {
            if (score[i] is { Name: { } name, Weight: var weight })
                text.Append(CultureInfo.InvariantCulture, $"  {weight:+0.00;-0.00} {name}\n");
        }
    }

    private static void AppendWords(StringBuilder text, LearnedScorer scorer, in Prompt prompt)
    {
        var words = WordWeights.Of(scorer.Artefact, prompt.Ask, MostWords);
        text.Append(CultureInfo.InvariantCulture, $"  gain {scorer.Score(prompt).PredictedGain:+0.00;-0.00} predicted, artefact {scorer.Version}\n");
        text.Append(CultureInfo.InvariantCulture, $"  words {string.Join(", ", words.Select(word => string.Create(CultureInfo.InvariantCulture, $"{word.Weight:+0.00;-0.00} {word.Name}")))}\n");
    }

    private static (byte[] Body, ChatRequest Request) RequestFor(string prompt)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new { model = "auto", messages = new[] { new { role = "user", content = prompt } } });
        return (body, ChatRequestReader.Read(body, maxDepth: 8).Request!);
    }
}
