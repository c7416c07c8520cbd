using System.Text.Json;

namespace Gateway.Simulator.Requests;

/// <summary>Reads <c>tool_choice</c> and refuses what vLLM refuses about tools.</summary>
internal static class ToolRules
{
    private const string Usage = "Correct usage: `{\"type\": \"function\", \"function\": {\"name\": \"my_function\"}}`";

    public static Failure? Check(Ask ask, JsonElement root, bool autoTools)
    {
        var tools = ask.Tools.ValueKind == JsonValueKind.Array;
        if (tools && ask.Tools.GetArrayLength() == 0)
        {
            return Failure.Rule("tools", "`tools` must not be an empty array. Either provide at least one tool or omit the field entirely.");
        }
        if (!root.TryGetProperty("tool_choice"u8, out var choice))
        {
            ask.ToolChoice = tools && autoTools ? ToolChoice.Auto : ToolChoice.None;
            return tools && !autoTools ? NoAuto() : null;
        }
        if (choice.ValueKind == JsonValueKind.Null || choice.ValueKind == JsonValueKind.String && choice.ValueEquals("none"u8)) return null;
        if (!tools) return Failure.Rule("tool_choice", "When using `tool_choice`, `tools` must be set.");
        if (choice.ValueKind == JsonValueKind.Object) return Named(ask, choice);
        switch (choice.ValueKind == JsonValueKind.String ? choice.GetString() : null)
        {
            case "auto" when !autoTools: return NoAuto();
            case "auto": ask.ToolChoice = ToolChoice.Auto; return null;
            case "required": ask.ToolChoice = ToolChoice.Required; return null;
            default:
                return Failure.Rule("tool_choice", $"Invalid value for `tool_choice`: {choice}! Only named tools, \"none\", \"auto\" or "
                    + "\"required\" are supported.");
        }
    }

    private static Failure? Named(Ask ask, JsonElement choice)
    {
        if (!choice.TryGetProperty("function"u8, out var function) || function.ValueKind != JsonValueKind.Object)
            return Failure.Rule("tool_choice.function", $"Invalid value for `function` in `tool_choice`! {Usage}");
        if (!function.TryGetProperty("name"u8, out var name) || name.ValueKind != JsonValueKind.String)
            return Failure.Rule("tool_choice.function.name", $"Expected field `name` in `function` in `tool_choice`! {Usage}");
        foreach (var tool in ask.Tools.EnumerateArray())
        {
            if (NameOf(tool) != name.GetString()) continue;
            ask.ToolChoice = ToolChoice.Named;
            ask.NamedTool = name.GetString();
            return null;
        }
        return Failure.Rule("tool_choice", "The tool specified in `tool_choice` does not match any of the specified `tools`");
    }

    /// <summary>A tool's function name, or null if it has none.</summary>
    public static string? NameOf(JsonElement tool) =>
        tool.ValueKind == JsonValueKind.Object && tool.TryGetProperty("function"u8, out var function)
        && function.ValueKind == JsonValueKind.Object && function.TryGetProperty("name"u8, out var name)
        && name.ValueKind == JsonValueKind.String ? name.GetString() : null;

    private static Failure NoAuto() => Failure.Invalid(
        "\"auto\" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set");
}
