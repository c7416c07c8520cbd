using System.Globalization;
using System.Text;
using System.Text.Json;
using Gateway.Completions;
using Gateway.Completions.Prompts;
using Gateway.Configuration;
using Gateway.Protocol;
using Gateway.Routing.Complexity;

namespace Gateway.Hosting;

/// <summary>The words of <c>gateway explain</c>: what one prompt would score, and where each model would send it.</summary>
public static class Explanation
{
    public static string Of(GatewayOptions options, string prompt)
    {
        var (body, request) = RequestFor(prompt);
        var scorer = ComplexityScorers.Create(options.Routing.Scorer, options.Routing.Keywords.ToRule());
        using var reading = new PromptReading(body, request, scorer.ReadsConversation);
#pragma warning disable RS0030 // Nothing is drawn: the blueprint is built to be read, not to serve.
        var blueprint = new BlueprintBuilder(TimeProvider.System, Random.Shared).Build(options);
#pragma warning restore RS0030 // Back to chance as a parameter.
        var text = new StringBuilder();
        AppendScore(text, options.Routing.Scorer, scorer.Score(reading.Prompt));
        foreach (var route in blueprint.Catalog.Routes)
        {
            var plan = Planner.PlanByPrompt(blueprint.Router, route, body, request);
            text.Append(CultureInfo.InvariantCulture, $"{route.Name}: {string.Join(" -> ", plan.Pools.Select(pool => pool.Name))}  ({plan.Reason})\n");
        }

        return text.ToString();
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

    private static (byte[] Body, ChatRequest Request) RequestFor(string prompt)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new { model = "auto", messages = new[] { new { role = "user", content = prompt } } });
        return (body, ChatRequestReader.Read(body, maxDepth: 8).Request!);
    }
}
