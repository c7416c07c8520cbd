using System.Text.Json;
using Gateway.Protocol;
using Gateway.Routing.Rules.Cel.Values;

namespace Gateway.Completions.Ruling;

/// <summary>Reads the names of the tools that a request offers.</summary>
internal static class ToolNameReader
{
    /// <summary>Depth of a name in <c>[{"type": …, "function": {"name": …}}]</c>.</summary>
    private const int NameDepth = 3;

    private static readonly ValueList None = new();

    /// <param name="tools">The JSON value of <c>tools</c>; empty when absent.</param>
    /// <param name="count">How many it offers.</param>
    public static ValueList Read(ReadOnlySpan<byte> tools, int count)
    {
        if (count == 0)
            return None;
        var names = new List<CelValue>(count);
        var json = new Utf8JsonReader(tools, new JsonReaderOptions { MaxDepth = int.MaxValue });
        var isInFunction = false;
        while (json.Read())
        {
            if (json.TokenType != JsonTokenType.PropertyName)
                continue;
            if (json.CurrentDepth == NameDepth - 1)
                isInFunction = JsonText.Is(ref json, "function"u8);
            else if (isInFunction && json.CurrentDepth == NameDepth && JsonText.Is(ref json, "name"u8) && json.Read()
                && json.TokenType == JsonTokenType.String && JsonText.TryGet(ref json) is { } name)
                names.Add(CelValue.Of(name));
        }

        return new ValueList([.. names]);
    }
}
