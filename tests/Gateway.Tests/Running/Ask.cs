using System.Text.Json;

namespace Gateway.Tests.Running;

/// <summary>Request bodies.</summary>
internal static class Ask
{
    public const string Easy = "What is the capital of France?";
    public const string Hard = "Implement a lock-free queue in Python, with tests that find a lost update, and explain each step.";

    /// <summary>A chat request; <paramref name="more"/> are further members, such as <c>"n":2</c>.</summary>
    public static string Chat(bool stream = false, string model = "auto", string ask = Easy, string? more = null) =>
        $$"""{"model":"{{model}}","messages":[{"role":"user","content":{{JsonSerializer.Serialize(ask)}}}]{{(stream ? ",\"stream\":true" : "")}}{{(more is null ? "" : "," + more)}}}""";
}
