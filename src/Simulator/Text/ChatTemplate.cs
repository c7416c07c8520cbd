using System.Text.Json;
using Gateway.Simulator.Requests;

namespace Gateway.Simulator.Text;

/// <summary>Renders messages as ChatML, the template family of Qwen.</summary>
internal static class ChatTemplate
{
    /// <summary>What opens the assistant's turn.</summary>
    public static ReadOnlySpan<byte> AssistantTurn => "<|im_start|>assistant\n"u8;

    private const string Incompatible =
        "continue_final_message and add_generation_prompt are not compatible. Use continue_final_message when you want the model to "
        + "continue the final message, and add_generation_prompt when you want to add a header that will prompt it to start a new "
        + "assistant message instead.";

    private const string NotInPrompt =
        "continue_final_message is set but the final message does not appear in the chat after applying the chat template! This can "
        + "happen if the chat template deletes portions of the final message. Please verify the chat template and final message in your "
        + "chat to ensure they are compatible.";

    public static Prompt? Render(Ask ask, bool trimFinal, out Failure? failure)
    {
        failure = ask.ContinueFinal && ask.AddGenerationPrompt ? Failure.Invalid(Incompatible) : null;
        if (failure is not null) return null;
        var text = new PooledText(1024);
        var left = ask.Prompt.GetArrayLength();
        if (ask.Tools.ValueKind == JsonValueKind.Array) Tools(text, ask.Tools);
        var said = -1;
        foreach (var message in ask.Prompt.EnumerateArray())
        {
            var open = --left == 0 && ask.ContinueFinal;
            failure = Message(text, message, open, ref said);
            if (failure is not null) break;
            if (open && trimFinal) text.TrimEnd(said);
        }
        if (failure is null && ask.ContinueFinal && said < 0) failure = Failure.Invalid(NotInPrompt);
        if (failure is not null)
        {
            text.Dispose();
            return null;
        }
        if (ask.AddGenerationPrompt) text.Append(AssistantTurn);
        return new Prompt(text, said < 0 ? text.Length : said);
    }

    private static Failure? Message(PooledText text, JsonElement message, bool open, ref int said)
    {
        if (message.ValueKind != JsonValueKind.Object || !message.TryGetProperty("role"u8, out var role) || role.ValueKind != JsonValueKind.String)
            return Failure.Body("missing", "messages", "Field required: role");
        text.Append("<|im_start|>"u8);
        text.Append(role);
        text.Append("\n"u8);
        var start = text.Length;
        if (open && Thought(message, out var thought))
        {
            text.Append("<think>\n"u8);
            text.Append(thought);
            text.Append("\n</think>\n\n"u8);
        }
        var content = Content(text, message);
        if (message.TryGetProperty("tool_calls"u8, out var calls) && calls.ValueKind == JsonValueKind.Array) text.AppendRaw(calls);
        if (!open) text.Append("<|im_end|>\n"u8);
        else if (content) said = start;
        return null;
    }

    private static bool Thought(JsonElement message, out JsonElement thought) =>
        (message.TryGetProperty("reasoning"u8, out thought) || message.TryGetProperty("reasoning_content"u8, out thought))
        && thought.ValueKind == JsonValueKind.String;

    private static bool Content(PooledText text, JsonElement message)
    {
        if (!message.TryGetProperty("content"u8, out var content)) return false;
        if (content.ValueKind == JsonValueKind.String)
        {
            text.Append(content);
            return true;
        }
        if (content.ValueKind != JsonValueKind.Array) return false;
        foreach (var part in content.EnumerateArray())
        {
            if (part.ValueKind != JsonValueKind.Object) continue;
            if (part.TryGetProperty("text"u8, out var words) && words.ValueKind == JsonValueKind.String) text.Append(words);
            else text.Append("<media>"u8);
        }
        return true;
    }

    private static void Tools(PooledText text, JsonElement tools)
    {
        text.Append("<|im_start|>system\n# Tools\n\n"u8);
        text.AppendRaw(tools);
        text.Append("<|im_end|>\n"u8);
    }
}
