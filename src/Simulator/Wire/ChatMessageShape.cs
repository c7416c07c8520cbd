using System.Buffers;
using Gateway.Simulator.Requests;
using Gateway.Simulator.Routes;
using Gateway.Simulator.Text;

namespace Gateway.Simulator.Wire;

/// <summary>The whole reply of <c>/v1/chat/completions</c>; absent fields appear as null, as in vLLM.</summary>
internal static class ChatMessageShape
{
    public static void Write(ref JsonSink sink, Generation generation, SimulatorOptions options, string role)
    {
        sink.Raw(generation.Heading.UpToChoices("chat.completion"));
        sink.Raw("["u8);
        foreach (var choice in generation.Choices)
        {
            if (choice.Index > 0) sink.Raw(","u8);
            WriteChoice(ref sink, generation, choice, role);
        }
        sink.Raw("],\"service_tier\":null,\"system_fingerprint\":\""u8);
        sink.Raw(Heading.Fingerprint);
        sink.Raw("\",\"usage\":"u8);
        generation.Usage(options).Write(ref sink, nulls: true);
        sink.Raw(",\"prompt_logprobs\":null,\"prompt_token_ids\":"u8);
        if (generation.Ask.ReturnTokenIds) sink.Numbers(generation.Choices[0].Prompt.Ids);
        else sink.Raw("null"u8);
        sink.Raw(",\"prompt_text\":"u8);
        if (generation.Ask.ReturnPromptText) sink.Quoted(generation.Choices[0].Prompt.Text);
        else sink.Raw("null"u8);
        sink.Raw(",\"kv_transfer_params\":null"u8);
        if (options.PerRequestMetrics && generation.Choices.Length == 1)
        {
            sink.Raw(",\"metrics\":"u8);
            Timings.Write(ref sink, generation.Choices[0].Sequence);
        }
        sink.Raw("}"u8);
    }

    private static void WriteChoice(ref JsonSink sink, Generation generation, Choice choice, string role)
    {
        var script = choice.Script;
        var ask = generation.Ask;
        sink.Raw("{\"index\":"u8);
        sink.Number(choice.Index);
        sink.Raw(",\"message\":{\"role\":"u8);
        sink.Quoted(role);
        sink.Raw(",\"content\":"u8);
        if (script.Tool is not null && ask.ToolChoice == ToolChoice.Auto) sink.Raw("null"u8);
        else Joined(ref sink, choice, Phase.Content);
        sink.Raw(",\"refusal\":null,\"annotations\":null,\"audio\":null,\"function_call\":null"u8);
        if (script.Tool is not null) Call(ref sink, generation, choice);
        sink.Raw(",\"reasoning\":"u8);
        if (ask.IncludeReasoning && Reached(choice, Phase.Reasoning)) Joined(ref sink, choice, Phase.Reasoning);
        else sink.Raw("null"u8);
        sink.Raw("},\"logprobs\":"u8);
        if (ask.Logprobs is { } top && ask.IncludeReasoning) Logprobs.Chat(ref sink, script, ..choice.Seen, top, ask.TokensAsIds);
        else sink.Raw("null"u8);
        ChatShape.Finish(ref sink, script, choice.FinishReason);
        sink.Raw(",\"token_ids\":"u8);
        if (ask.ReturnTokenIds && ask.IncludeReasoning) Ids(ref sink, choice);
        else sink.Raw("null"u8);
        sink.Raw("}"u8);
    }

    private static void Call(ref JsonSink sink, Generation generation, Choice choice)
    {
        if (!Reached(choice, Phase.ToolName)) return;
        sink.Raw(",\"tool_calls\":[{\"id\":"u8);
        sink.Quoted(ChatShape.ToolCallId(generation, choice));
        sink.Raw(",\"type\":\"function\",\"function\":{\"name\":"u8);
        sink.Quoted(choice.Script.Tool);
        sink.Raw(",\"arguments\":"u8);
        Joined(ref sink, choice, Phase.Arguments);
        sink.Raw("}}]"u8);
    }

    private static bool Reached(Choice choice, Phase phase)
    {
        for (var i = 0; i < choice.Seen; i++)
            if (choice.Script.Pieces[i].Phase == phase) return true;
        return false;
    }

    /// <summary>The text of one phase as a JSON string; a character that was cut in half at the end is left out.</summary>
    private static void Joined(ref JsonSink sink, Choice choice, Phase phase)
    {
        Span<byte> room = stackalloc byte[StandInTokenizer.MaxBytes + 4];
        var held = new Characters();
        sink.Raw("\""u8);
        for (var i = 0; i < choice.Seen; i++)
        {
            var piece = choice.Script.Pieces[i];
            if (piece.Phase == phase) sink.Text(held.Take(piece.Text.Span, room));
        }
        sink.Raw("\""u8);
    }

    /// <summary>Ids of the tokens that exist.</summary>
    public static void Ids(ref JsonSink sink, Choice choice)
    {
        var ids = ArrayPool<int>.Shared.Rent(Math.Max(choice.Seen, 1));
        for (var i = 0; i < choice.Seen; i++) ids[i] = choice.Script.Pieces[i].Id;
        sink.Numbers(ids.AsSpan(0, choice.Seen));
        ArrayPool<int>.Shared.Return(ids);
    }
}
