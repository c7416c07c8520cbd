using System.Text;

namespace Gateway.EndToEnd.Agents;

/// <summary>Tool definitions of the size and make that coding agents send with every turn.</summary>
internal static class ToolSchemas
{
    private const string Words =
        "Reads, writes or searches below the working folder. Paths are absolute; \\\"~\\\" is not expanded. Prefer one call with a wide "
        + "range over many small ones. Output longer than 30\\u202f000 characters is cut \\u2014 ask for the rest with offset & limit. ";

    /// <summary>So many tools, nested in a <c>function</c> as the chat endpoint has them.</summary>
    public static string Functions(int count, int wordiness) =>
        $"[{string.Join(",", Enumerable.Range(0, count).Select(i => $$$"""{"type":"function","function":{{{Function(i, wordiness, "parameters")}}}}"""))}]";

    /// <summary>The flat form of the responses endpoint, with its own kinds of tool.</summary>
    public static string Responses(int count, int wordiness)
    {
        var flat = Enumerable.Range(0, count).Select(i => $$$"""{"type":"function","strict":false,{{{Function(i, wordiness, "parameters")[1..]}}}""");
        return $$$"""[{{{string.Join(",", flat)}}},{"type":"namespace","name":"agents","tools":[{"type":"function","name":"spawn","parameters":{}}]},{"type":"web_search","external_web_access":false}]""";
    }

    /// <summary>The form of the messages endpoint.</summary>
    public static string Messages(int count, int wordiness) =>
        $"[{string.Join(",", Enumerable.Range(0, count).Select(i => Function(i, wordiness, "input_schema")))},{{\"name\":\"later\",\"defer_loading\":true,\"input_schema\":{{}}}}]";

    private static string Function(int number, int wordiness, string schema)
    {
        var description = new StringBuilder().Insert(0, Words, wordiness);
        return $$$"""
            {"name":"tool_{{{number}}}","description":"{{{description}}}","{{{schema}}}":{"$schema":"http://json-schema.org/draft-07/schema#",
              "type":"object","additionalProperties":false,"required":["path","mode"],
              "properties":{"path":{"type":"string","minLength":1,"pattern":"^/[^\\u0000]*$"},"mode":{"enum":["read","write",null],"default":"read"},
              "limit":{"type":"integer","minimum":1,"maximum":2e3},"at":{"anyOf":[{"type":"string","format":"date-time"},{"$ref":"#/$defs/line"}]}},
              "$defs":{"line":{"type":"number"} } }}
            """;
    }
}
