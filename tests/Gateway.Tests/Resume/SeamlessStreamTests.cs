using Gateway.Simulator;
using Gateway.Tests.Running;

namespace Gateway.Tests.Resume;

/// <summary>Whatever phase a stream breaks in, wherever and however: its caller sees the very stream that it would have seen.</summary>
public sealed class SeamlessStreamTests
{
    internal const string Usage = "\"stream_options\":{\"include_usage\":true}";

    internal static readonly string[] Faults = ["cut-after", "error-frame-after", "abort-after", "garbage-after"];

    /// <summary>Every phase with every fault.</summary>
    public static TheoryData<string, string> Phases
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var fault in Faults)
            {
                foreach (var phase in Bodies.Keys)
                    rows.Add(phase, fault);
            }

            return rows;
        }
    }

    internal static readonly Dictionary<string, (string More, SimulatorOptions Replica, int First, int Last)> Bodies = new()
    {
        ["content"] = ("\"vllm_xargs\":{\"sim_tokens\":200}", new(), 1, 200),
        ["content, trimmed by the template"] = ("\"vllm_xargs\":{\"sim_answer\":\"One  two\\n\\nthree \\t four\\r\\n five. 🙂 🙂\\n 東京 \\\\n \\\"six\\\" \\n\\n\\n Nine.\"}", new() { TrimFinalMessage = true }, 1, 40),
        ["white space, not trimmed"] = ("\"vllm_xargs\":{\"sim_answer\":\"\\n\\n One  two\\n\\nthree \\t four\\r\\n five.\\n\\n\\n Nine.\"}", new(), 1, 30),
        ["characters of many bytes"] = ("\"vllm_xargs\":{\"sim_answer\":\"🙂東京🙂🙂é朝👩‍👩‍👧 ok 🙂\"}", new(), 2, 30),
        ["max_tokens"] = ("\"max_tokens\":50,\"min_tokens\":20,\"vllm_xargs\":{\"sim_tokens\":200}", new(), 1, 50),
        ["max_completion_tokens"] = ("\"max_completion_tokens\":30,\"vllm_xargs\":{\"sim_tokens\":200}", new(), 1, 30),
        ["a tool call"] = ("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"look\",\"parameters\":{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}}}}],\"vllm_xargs\":{\"sim_tool\":\"look\",\"sim_arguments\":\"{\\\"city\\\": \\\"東京 or Zürich\\\"}\"}", new(), 26, 43),
        ["JSON"] = ("\"response_format\":{\"type\":\"json_object\"},\"vllm_xargs\":{\"sim_answer\":\"{\\\"city\\\": \\\"Zürich\\\", \\\"n\\\": [1, 2, 3]}\"}", new(), 1, 16),
        ["hidden thought"] = ("\"include_reasoning\":false,\"vllm_xargs\":{\"sim_tokens\":30}", new() { ReasoningTokens = 10 }, 20, 43),
        ["content after thought"] = ("\"vllm_xargs\":{\"sim_tokens\":30}", new() { ReasoningTokens = 10 }, 16, 43),
        ["thought"] = ("\"vllm_xargs\":{\"sim_tokens\":30}", new() { ReasoningTokens = 100 }, 3, 133),
        ["thought before a tool call"] = ("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"look\"}}],\"vllm_xargs\":{\"sim_tool\":\"look\",\"sim_arguments\":\"{}\"}", new() { ReasoningTokens = 20 }, 3, 56),
        ["a stop string of several words"] = ("\"stop\":[\"three four\",\"zzz\"],\"vllm_xargs\":{\"sim_answer\":\"One two, three five 東京 three six three fours six seven.\"}", new(), 4, 14),
        ["a stop string"] = ("\"stop\":[\"three four\",\"zzz\"],\"vllm_xargs\":{\"sim_answer\":\"One two, three five three four six seven.\"}", new(), 4, 12),
    };

    [Theory]
    [MemberData(nameof(Phases))]
    public async Task The_seam_is_invisible(string phase, string fault)
    {
        var (more, replica, first, last) = Bodies[phase];
        await using var lane = await Lane.StartAsync(replica);
        // Tokens whose text is held back for a stop string are generated again, and without their ids nobody can tell them apart.
        var countsMore = phase.StartsWith("a stop string", StringComparison.Ordinal);
        await lane.EachAsync(Ask.Chat(stream: true, model: "small", more: $"{Usage},{more}"), fault, Enumerable.Range(first, last - first + 1), countsMore);
    }
}
