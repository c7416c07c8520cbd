using System.Text.Json;
using Gateway.Simulator.Requests;

namespace Gateway.Simulator.Text;

/// <summary>The prompt of a text completion: a string, strings, token ids, or lists of token ids.</summary>
internal static class CompletionPrompts
{
    /// <summary>Fills <paramref name="prompts"/>.</summary>
    public static Failure? Read(JsonElement prompt, List<Prompt> prompts)
    {
        if (prompt.ValueKind == JsonValueKind.String)
        {
            prompts.Add(FromText(prompt));
            return null;
        }
        if (prompt.ValueKind != JsonValueKind.Array || prompt.GetArrayLength() == 0)
            return Failure.Body("string_type", "prompt", "Input should be a valid string");
        if (prompt[0].ValueKind == JsonValueKind.Number) return FromIds(prompt, prompts);
        foreach (var each in prompt.EnumerateArray())
        {
            if (each.ValueKind == JsonValueKind.String) prompts.Add(FromText(each));
            else if (each.ValueKind != JsonValueKind.Array) return Failure.Body("string_type", "prompt", "Input should be a valid string");
            else if (FromIds(each, prompts) is { } failure) return failure;
        }
        return null;
    }

    /// <summary>The ids of a JSON array, or null if one is not an id.</summary>
    public static int[]? Ids(JsonElement array)
    {
        var ids = new int[array.GetArrayLength()];
        var at = 0;
        foreach (var id in array.EnumerateArray())
            if (id.ValueKind != JsonValueKind.Number || !id.TryGetInt32(out ids[at++])) return null;
        return ids;
    }

    private static Prompt FromText(JsonElement prompt)
    {
        var text = new PooledText(1024);
        text.Append(prompt);
        return new Prompt(text, SaidFrom(text.Span));
    }

    private static Failure? FromIds(JsonElement array, List<Prompt> prompts)
    {
        if (Ids(array) is not { Length: > 0 } ids) return Failure.Body("int_type", "prompt", "Input should be a valid integer");
        var text = new PooledText(ids.Length * 4);
        Span<byte> bytes = stackalloc byte[StandInTokenizer.MaxBytes];
        foreach (var id in ids)
        {
            var length = StandInTokenizer.Decode(id, bytes);
            if (length < 0)
            {
                text.Dispose();
                return Failure.Invalid($"Token id {id} is out of vocabulary", "prompt");
            }
            text.Append(bytes[..length]);
        }
        prompts.Add(new Prompt(text, SaidFrom(text.Span), ids));
        return null;
    }

    /// <summary>
    /// Where the assistant's open turn begins, if the text is a rendered chat: so a raw completion goes on with the very answer
    /// the chat would have given.
    /// </summary>
    private static int SaidFrom(ReadOnlySpan<byte> text)
    {
        var turn = text.LastIndexOf(ChatTemplate.AssistantTurn);
        if (turn < 0) return text.Length;
        var start = turn + ChatTemplate.AssistantTurn.Length;
        return text[start..].IndexOf("<|im_end|>"u8) < 0 ? start : text.Length;
    }
}
