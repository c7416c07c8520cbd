using System.Text;
using System.Text.Json;
using Gateway.Simulator.Requests;

namespace Gateway.Simulator.Text;

/// <summary>Decides what the model says: a function of the request, the prompt and the seed.</summary>
internal static class ScriptWriter
{
    private static readonly byte[] AnyObject = "{\"answer\": \"example\"}"u8.ToArray();

    /// <param name="ask">The request.</param>
    /// <param name="prompt">Its rendered prompt.</param>
    /// <param name="options">The replica.</param>
    /// <param name="choice">Which of the request's choices.</param>
    /// <param name="budget">Most tokens it may have; at least 1.</param>
    public static Script Write(Ask ask, Prompt prompt, SimulatorOptions options, int choice, int budget)
    {
        var key = prompt.Key(options.Seed) + (ulong)choice * 0x9E3779B97F4A7C15;
        var tool = ToolToCall(ask, prompt);
        var whole = ask.Sim.Tokens ?? Math.Max(options.AnswerTokens, ask.MinTokens);
        // Beyond the budget, whatever was said already: no end comes in sight.
        if (ask.IgnoreEos) whole = budget + StandInTokenizer.Count(prompt.Said) + 16;
        var pieces = new List<Piece>(Math.Min(whole + 16, 4096));
        Think(ask, options, key, pieces);
        var thought = pieces.Count;
        if (tool is { } call) Call(call, pieces);
        else if (Fixed(ask) is { } text) Piece.Split(text, Phase.Content, pieces);
        else Prose.Write(key, whole - 1, Phase.Content, pieces);
        pieces.Add(Piece.End);

        var script = new Script
        {
            Pieces = pieces,
            FinishReason = tool is not null && ask.ToolChoice is ToolChoice.Auto or ToolChoice.Required ? "tool_calls" : "stop",
            Tool = tool?.Name,
            Key = key,
            Thought = thought,
            Confidence = ask.Sim.Confidence,
        };
        Continuation.Skip(script, prompt.Said);
        script.Thought = Math.Max(0, thought - script.Skipped);
        if (ask.Stop is { Count: > 0 } stops) StopStrings.Apply(script, stops, ask.IncludeStop);
        if (pieces.Count > budget) Cut(script, budget);
        return script;
    }

    private static void Cut(Script script, int budget)
    {
        script.Pieces.RemoveRange(budget, script.Pieces.Count - budget);
        script.FinishReason = "length";
        script.StopReason = null;
    }

    private static void Think(Ask ask, SimulatorOptions options, ulong key, List<Piece> pieces)
    {
        if (!ask.Thinks || ask.Sim.Reasoning is null && options.ReasoningTokens == 0) return;
        Piece.Split("<think>\n"u8.ToArray(), Phase.Hidden, pieces);
        if (ask.Sim.Reasoning is { } thought) Piece.Split(Encoding.UTF8.GetBytes(thought), Phase.Reasoning, pieces);
        else Prose.Write(~key, options.ReasoningTokens, Phase.Reasoning, pieces);
        Piece.Split("\n</think>\n\n"u8.ToArray(), Phase.Hidden, pieces);
    }

    private static byte[]? Fixed(Ask ask)
    {
        if (ask.Sim.Answer is { } answer) return Encoding.UTF8.GetBytes(answer);
        if (ask.FixedChoice is { } choice) return Encoding.UTF8.GetBytes(choice);
        if (ask.Schema.ValueKind != JsonValueKind.Undefined) return SchemaExample.Write(ask.Schema);
        return ask.JsonObject ? AnyObject : null;
    }

    private static (string Name, byte[] Arguments)? ToolToCall(Ask ask, Prompt prompt)
    {
        if (ask.ToolChoice == ToolChoice.None || ask.Tools.ValueKind != JsonValueKind.Array) return null;
        if (ask.Sim is { Tool: { } scripted, Arguments: { } arguments }) return (scripted, Encoding.UTF8.GetBytes(arguments));
        var wanted = ask.NamedTool ?? ask.Sim.Tool;
        foreach (var tool in ask.Tools.EnumerateArray())
        {
            if (ToolRules.NameOf(tool) is not { } name) continue;
            if (wanted is not null ? wanted != name : ask.ToolChoice != ToolChoice.Required && !Mentions(ask, name)) continue;
            tool.GetProperty("function"u8).TryGetProperty("parameters"u8, out var parameters);
            return (name, parameters.ValueKind == JsonValueKind.Object ? SchemaExample.Write(parameters) : "{}"u8.ToArray());
        }
        return null;
    }

    /// <summary>Whether the last message is the user's and names the function.</summary>
    private static bool Mentions(Ask ask, string name)
    {
        var last = ask.Prompt.ValueKind == JsonValueKind.Array && ask.Prompt.GetArrayLength() > 0 ? ask.Prompt[ask.Prompt.GetArrayLength() - 1] : default;
        return last.ValueKind == JsonValueKind.Object && last.TryGetProperty("role"u8, out var role) && role.ValueEquals("user"u8)
            && last.TryGetProperty("content"u8, out var content) && content.ToString().Contains(name, StringComparison.Ordinal);
    }

    private static void Call((string Name, byte[] Arguments) call, List<Piece> pieces)
    {
        Piece.Split(Encoding.UTF8.GetBytes($"<tool_call>\n{{\"name\": \"{call.Name}\", \"arguments\": "), Phase.Hidden, pieces);
        pieces[^1] = pieces[^1] with { Phase = Phase.ToolName };
        Piece.Split(call.Arguments, Phase.Arguments, pieces);
        Piece.Split("}\n</tool_call>"u8.ToArray(), Phase.Hidden, pieces);
    }
}
