using System.Text;
using Gateway.Bench.Load.Wire;

namespace Gateway.Bench.Load.Scenarios;

/// <summary>The body of a chat request, as JSON.</summary>
public static class ChatBody
{
    /// <summary>Length of every prompt, in bytes: that of the measurements the targets come from.</summary>
    public const int PromptBytes = 680;

    private const string Filler =
        " Summarise the notes below for a colleague who missed the meeting, in plain words and at most five sentences. "
        + "Say first what was decided, then who does what until when, then what is still open. ";

    /// <summary>A request for an answer of so many tokens, with a serial number in its prompt.</summary>
    /// <param name="model">The model's name as this target knows it.</param>
    /// <param name="tokens">Tokens of the answer; a stream has one chunk for each.</param>
    /// <param name="streams">Whether to stream, with the usage chunk.</param>
    public static string Of(string model, int tokens, bool streams)
    {
        var prompt = new StringBuilder($"Note {RequestTemplate.SerialSlot}.");
        while (prompt.Length < PromptBytes)
        {
            prompt.Append(Filler);
        }

        prompt.Length = PromptBytes;
        var stream = streams ? ""","stream":true,"stream_options":{"include_usage":true}""" : "";
        var length = $$$"""
            "max_tokens":{{{tokens}}},"vllm_xargs":{"sim_tokens":{{{tokens}}}}
            """;
        return $$"""{"model":"{{model}}","messages":[{"role":"user","content":"{{prompt}}"}],{{length}}{{stream}}}""";
    }
}
