using System.Text;
using Gateway.Simulator.Routes;
using Gateway.Simulator.Text;

namespace Gateway.Simulator.Wire;

/// <summary>Chunks of <c>/v1/chat/completions</c>. The whole reply is in <see cref="ChatMessageShape"/>.</summary>
internal sealed class ChatShape(Generation generation, SimulatorOptions options, string role) : IReplyShape
{
    private readonly bool _ids = generation.Ask.ReturnTokenIds;
    private byte[]? _head;

    private byte[] Head => _head ??= [.. "data: "u8, .. generation.Heading.UpToChoices("chat.completion.chunk")];

    public void Open(ref JsonSink sink)
    {
        foreach (var choice in generation.Choices)
        {
            Begin(ref sink, choice.Index);
            sink.Raw("{\"role\":"u8);
            sink.Quoted(role);
            sink.Raw(",\"content\":\"\"},\"logprobs\":null,\"finish_reason\":null}]"u8);
            Continuous(ref sink, 0);
            sink.Raw(",\"prompt_token_ids\":"u8);
            if (_ids) sink.Numbers(choice.Prompt.Ids);
            else sink.Raw("null"u8);
            sink.Raw(",\"prompt_text\":"u8);
            if (generation.Ask.ReturnPromptText) sink.Quoted(choice.Prompt.Text);
            else sink.Raw("null"u8);
            sink.Raw("}\n\n"u8);
        }
    }

    public bool Token(ref JsonSink sink, Choice choice, bool last)
    {
        var piece = choice.Script.Pieces[choice.Seen];
        Span<byte> room = stackalloc byte[StandInTokenizer.MaxBytes + 4];
        var phase = piece.Phase;
        var text = phase is Phase.Content or Phase.Reasoning ? choice.Held.Take(piece.Text.Span, room) : [];
        if (choice.Lag is { } lag)
        {
            text = phase is Phase.Content or Phase.Reasoning ? lag.Take(text, phase, last) : lag.Flush();
            if (!text.IsEmpty) phase = lag.Phase;
        }
        var hidden = !generation.Ask.IncludeReasoning;
        var shows = phase switch
        {
            Phase.Content => !text.IsEmpty,
            Phase.Reasoning => !text.IsEmpty && !hidden,
            Phase.Hidden => false,
            _ => true,
        };
        var metadata = !hidden && (_ids || generation.Ask.Logprobs is not null);
        if (!shows && !metadata && !last) return false;
        Begin(ref sink, choice.Index);
        Delta(ref sink, choice, phase, text, shows);
        sink.Raw(",\"logprobs\":"u8);
        if (generation.Ask.Logprobs is { } top && !hidden)
            Logprobs.Chat(ref sink, choice.Script, choice.Seen..(choice.Seen + 1), top, generation.Ask.TokensAsIds);
        else sink.Raw("null"u8);
        End(ref sink, choice, last ? choice.FinishReason : null, _ids && !hidden ? [piece.Id] : null, choice.Seen + 1);
        return true;
    }

    public void Abort(ref JsonSink sink, Choice choice)
    {
        Begin(ref sink, choice.Index);
        sink.Raw("{\"content\":\"\"},\"logprobs\":null"u8);
        End(ref sink, choice, choice.FinishReason, _ids && generation.Ask.IncludeReasoning ? [] : null, choice.Seen);
    }

    public void BrokenCharacter(ref JsonSink sink, Choice choice)
    {
        Begin(ref sink, choice.Index);
        sink.Raw("{\"content\":\" "u8);
        sink.Raw([0xE2, 0x82]);
        sink.Raw("\"},\"logprobs\":null"u8);
        End(ref sink, choice, null, null, choice.Seen);
    }

    public void Usage(ref JsonSink sink)
    {
        sink.Raw(Head);
        sink.Raw("[],\"usage\":"u8);
        generation.Usage(options).Write(ref sink, nulls: false);
        sink.Raw(",\"system_fingerprint\":\""u8);
        sink.Raw(Heading.Fingerprint);
        sink.Raw("\""u8);
        if (options.PerRequestMetrics && generation.Choices.Length == 1)
        {
            sink.Raw(",\"metrics\":"u8);
            Timings.Write(ref sink, generation.Choices[0].Sequence);
        }
        sink.Raw("}\n\n"u8);
    }

    public void Whole(ref JsonSink sink) => ChatMessageShape.Write(ref sink, generation, options, role);

    private void Begin(ref JsonSink sink, int index)
    {
        sink.Raw(Head);
        sink.Raw("[{\"index\":"u8);
        sink.Number(index);
        sink.Raw(",\"delta\":"u8);
    }

    private void Delta(ref JsonSink sink, Choice choice, Phase phase, scoped ReadOnlySpan<byte> text, bool shows)
    {
        switch (phase)
        {
            case Phase.Content or Phase.End when shows && (phase == Phase.Content || choice.Script.Tool is null):
                sink.Raw("{\"content\":\""u8);
                sink.Text(text);
                sink.Raw("\"}"u8);
                break;
            case Phase.Reasoning when shows:
                sink.Raw("{\"reasoning\":\""u8);
                sink.Text(text);
                sink.Raw("\"}"u8);
                break;
            case Phase.ToolName:
                sink.Raw("{\"tool_calls\":[{\"id\":"u8);
                sink.Quoted(ToolCallId(generation, choice));
                sink.Raw(",\"type\":\"function\",\"index\":0,\"function\":{\"name\":"u8);
                sink.Quoted(choice.Script.Tool);
                sink.Raw("}}]}"u8);
                break;
            case Phase.Arguments:
                sink.Raw("{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\""u8);
                sink.Text(choice.Script.Pieces[choice.Seen].Text.Span);
                sink.Raw("\"}}]}"u8);
                break;
            default:
                sink.Raw("{}"u8);
                break;
        }
    }

    private void End(ref JsonSink sink, Choice choice, string? finish, int[]? ids, int completion)
    {
        if (finish is null) sink.Raw(",\"finish_reason\":null"u8);
        else Finish(ref sink, choice.Script, finish);
        sink.Raw(",\"token_ids\":"u8);
        if (ids is null) sink.Raw("null"u8);
        else sink.Numbers(ids);
        sink.Raw("}]"u8);
        Continuous(ref sink, completion);
        if (finish is not null && !generation.Ask.IncludeUsage)
        {
            sink.Raw(",\"system_fingerprint\":\""u8);
            sink.Raw(Heading.Fingerprint);
            sink.Raw("\""u8);
        }
        sink.Raw("}\n\n"u8);
    }

    private void Continuous(ref JsonSink sink, int completion)
    {
        if (!generation.Ask.ContinuousUsage) return;
        sink.Raw(",\"usage\":"u8);
        new Usage(generation.Heading.PromptTokens, completion).Write(ref sink, nulls: false);
    }

    /// <summary>Finish and stop reason, with the comma before them.</summary>
    public static void Finish(ref JsonSink sink, Script script, string reason)
    {
        sink.Raw(",\"finish_reason\":"u8);
        sink.Quoted(reason);
        sink.Raw(",\"stop_reason\":"u8);
        if (reason == "stop" && script.StopReason is { } met) sink.Quoted(met);
        else sink.Raw("null"u8);
    }

    /// <summary>An id of vLLM's form that differs from replica to replica, as there.</summary>
    public static string ToolCallId(Generation generation, Choice choice) =>
        $"chatcmpl-tool-{Chance.Hash(Encoding.UTF8.GetBytes(generation.Heading.Id), (ulong)choice.Index):x16}";
}
