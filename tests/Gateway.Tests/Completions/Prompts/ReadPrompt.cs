using System.Text;
using System.Text.Json;
using Gateway.Completions.Prompts;
using Gateway.Protocol;
using Gateway.Routing.Complexity;

namespace Gateway.Tests.Completions.Prompts;

/// <summary>A prompt as it was read out of a request, in the types that tests compare.</summary>
internal sealed record ReadPrompt(AskKind Kind, string Ask, string Topic, string Conversation, int PastedBytes, int HistoryBytes, int SystemBytes)
{
    /// <param name="messages">The messages, as JSON, without the brackets around them.</param>
    /// <param name="more">Further members, such as <c>"tools":[…]</c>.</param>
    /// <param name="withConversation">Whether the text of all messages is wanted.</param>
    public static ReadPrompt Of(string messages, string? more = null, bool withConversation = false)
    {
        var body = Body(messages, more);
        var (request, error) = ChatRequestReader.Read(body, 64);
        Assert.Null(error);
        using var reading = new PromptReading(body, request!, withConversation);
        var prompt = reading.Prompt;
        return new ReadPrompt(
            prompt.Kind,
            Encoding.UTF8.GetString(prompt.Ask),
            Encoding.UTF8.GetString(prompt.Topic),
            Encoding.UTF8.GetString(prompt.Conversation),
            prompt.PastedBytes,
            prompt.HistoryBytes,
            prompt.SystemBytes);
    }

    public static byte[] Body(string messages, string? more = null) =>
        Encoding.UTF8.GetBytes($$"""{"model":"auto","messages":[{{messages}}]{{(more is null ? "" : "," + more)}}}""");

    public static string Instructions(string text) => Message("system", text);

    public static string User(string text) => Message("user", text);

    public static string Assistant(string text) => Message("assistant", text);

    /// <summary>An assistant's call with nothing said beside it.</summary>
    public static string Call(string name, string arguments, string id = "call_1") =>
        $$$"""
        {"role":"assistant","content":null,"tool_calls":[{"id":"{{{id}}}","type":"function","function":{"name":"{{{name}}}","arguments":{{{JsonSerializer.Serialize(arguments)}}} }}]}
        """;

    public static string Result(string text) => $$"""{"role":"tool","tool_call_id":"call_1","content":{{JsonSerializer.Serialize(text)}}}""";

    private static string Message(string role, string text) => $$"""{"role":"{{role}}","content":{{JsonSerializer.Serialize(text)}}}""";
}
