using System.Text.Json;
using Gateway.Routing.Health;
using Gateway.Tests.Running;

namespace Gateway.Tests.Resume;

/// <summary>A stream as its caller puts it together: text, thought and call, how it ended, and what it says of itself.</summary>
internal sealed record Stream
{
    public string Text { get; init; } = "";

    public string Thought { get; init; } = "";

    public string Calls { get; init; } = "";

    public string Finish { get; init; } = "";

    public string? Error { get; init; }

    public bool IsDone { get; init; }

    public string Usage { get; init; } = "";

    /// <summary>Ids, times, models and indices that the chunks name; one of each.</summary>
    public string Identity { get; init; } = "";

    public int Roles { get; init; }

    public int Resumes { get; init; }

    /// <summary>Ids of tokens that the caller got, in a row.</summary>
    public string Ids { get; init; } = "";

    /// <summary>Chunks that would not be there if the caller's wishes alone counted, or that show what it did not ask for.</summary>
    public int Strange { get; init; }

    public static async Task<Stream> ReadAsync(GatewayApplication gateway, string body, string? fault = null)
    {
        using var response = await gateway.ChatAsync(body);
        var events = await Events.ReadAsync(response);
        var (text, thought, calls, roles) = ("", "", "", 0);
        var identity = new HashSet<string>();
        var (usage, ids, strange) = ("", new List<string>(), 0);
        foreach (var chunk in events.Chunks)
        {
            if (chunk.TryGetProperty("error", out _))
                continue;
            identity.Add($"{chunk.GetProperty("id")} {chunk.GetProperty("object")} {chunk.GetProperty("created")} {chunk.GetProperty("model")}");
            if (chunk.TryGetProperty("usage", out var counted))
                usage += $"{counted.GetProperty("prompt_tokens")}+{counted.GetProperty("completion_tokens")}={counted.GetProperty("total_tokens")};";
            foreach (var choice in chunk.GetProperty("choices").EnumerateArray())
            {
                identity.Add($"{choice.GetProperty("index")}");
                var delta = choice.GetProperty("delta");
                if (choice.TryGetProperty("token_ids", out var list) && list.ValueKind == JsonValueKind.Array)
                    ids.AddRange(list.EnumerateArray().Select(id => id.GetRawText()));
                else if (!delta.EnumerateObject().Any() && choice.GetProperty("finish_reason").ValueKind == JsonValueKind.Null)
                    strange++;
                text += Member(delta, "content");
                thought += Member(delta, "reasoning");
                roles += delta.TryGetProperty("role", out _) ? 1 : 0;
                calls += delta.TryGetProperty("tool_calls", out var call) ? CallOf(call) : "";
            }
        }

        return new Stream
        {
            Text = text,
            Thought = thought,
            Calls = calls,
            Finish = string.Join(',', events.FinishReasons),
            Error = events.Error is { } error ? error.GetProperty("message").GetString() : null,
            IsDone = events.IsDone && !events.IsCut,
            Usage = usage,
            Identity = identity.Count == 2 ? "one" : string.Join('|', identity),
            Roles = roles,
            Ids = string.Join(',', ids),
            Strange = strange,
            Resumes = events.Comments.Count(comment => comment.StartsWith(": resumed on ", StringComparison.Ordinal)),
        };
    }

    /// <summary>Says of every replica that it goes on with half-said answers, as the probe does.</summary>
    public static void Know(GatewayApplication gateway, bool takesTokens = true, bool returnsIds = true)
    {
        foreach (var replica in gateway.Live.Current.Fleet.Pools.SelectMany(pool => pool.Replicas))
            replica.Capabilities = new ReplicaCapabilities { Continues = true, TakesTokens = takesTokens, ReturnsTokenIds = returnsIds };
    }

    private static string Member(JsonElement delta, string name) =>
        delta.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static string CallOf(JsonElement calls)
    {
        var function = calls[0].GetProperty("function");
        return Member(function, "name") + Member(function, "arguments");
    }
}
