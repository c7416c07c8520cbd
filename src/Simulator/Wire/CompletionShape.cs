using Gateway.Simulator.Routes;
using Gateway.Simulator.Text;

namespace Gateway.Simulator.Wire;

/// <summary>Replies of <c>/v1/completions</c>: raw text, thought and markers included.</summary>
internal sealed class CompletionShape(Generation generation, SimulatorOptions options) : IReplyShape
{
    private readonly bool _ids = generation.Ask.ReturnTokenIds;
    private byte[]? _head;

    private byte[] Head => _head ??= [.. "data: "u8, .. generation.Heading.UpToChoices("text_completion")];

    public void Open(ref JsonSink sink)
    {
    }

    public bool Token(ref JsonSink sink, Choice choice, bool last)
    {
        var piece = choice.Script.Pieces[choice.Seen];
        Span<byte> room = stackalloc byte[StandInTokenizer.MaxBytes + 4];
        var text = choice.Held.Take(piece.Text.Span, room);
        if (choice.Lag is { } lag) text = lag.Take(text, piece.Phase, last);
        if (text.IsEmpty && !_ids && generation.Ask.Logprobs is null && !last) return false;
        Begin(ref sink, choice);
        if (generation.Ask.Echo && choice.Seen == 0) sink.Text(choice.Prompt.Text);
        sink.Text(text);
        sink.Raw("\",\"logprobs\":"u8);
        if (generation.Ask.Logprobs is { } top)
            Logprobs.Completion(ref sink, choice.Script, choice.Seen..(choice.Seen + 1), top, generation.Ask.TokensAsIds);
        else sink.Raw("null"u8);
        End(ref sink, choice, last ? choice.FinishReason : null, _ids ? [piece.Id] : null, choice.Seen + 1);
        return true;
    }

    public void Abort(ref JsonSink sink, Choice choice)
    {
        Begin(ref sink, choice);
        sink.Raw("\",\"logprobs\":null"u8);
        End(ref sink, choice, choice.FinishReason, _ids ? [] : null, choice.Seen);
    }

    public void BrokenCharacter(ref JsonSink sink, Choice choice)
    {
        Begin(ref sink, choice);
        sink.Raw([(byte)' ', 0xE2, 0x82]);
        sink.Raw("\",\"logprobs\":null"u8);
        End(ref sink, choice, null, null, choice.Seen);
    }

    public void Usage(ref JsonSink sink)
    {
        sink.Raw(Head);
        sink.Raw("[],\"usage\":"u8);
        generation.Usage(options).Write(ref sink, nulls: false);
        sink.Raw("}\n\n"u8);
    }

    public void Whole(ref JsonSink sink)
    {
        sink.Raw(generation.Heading.UpToChoices("text_completion"));
        sink.Raw("["u8);
        foreach (var choice in generation.Choices)
        {
            if (choice.Index > 0) sink.Raw(","u8);
            WholeChoice(ref sink, choice);
        }
        sink.Raw("],\"service_tier\":null,\"system_fingerprint\":\""u8);
        sink.Raw(Heading.Fingerprint);
        sink.Raw("\",\"usage\":"u8);
        generation.Usage(options).Write(ref sink, nulls: true);
        sink.Raw(",\"kv_transfer_params\":null}"u8);
    }

    private void WholeChoice(ref JsonSink sink, Choice choice)
    {
        Span<byte> room = stackalloc byte[StandInTokenizer.MaxBytes + 4];
        var held = new Characters();
        sink.Raw("{\"index\":"u8);
        sink.Number(choice.Index);
        sink.Raw(",\"text\":\""u8);
        if (generation.Ask.Echo) sink.Text(choice.Prompt.Text);
        for (var i = 0; i < choice.Seen; i++) sink.Text(held.Take(choice.Script.Pieces[i].Text.Span, room));
        sink.Raw("\",\"logprobs\":"u8);
        if (generation.Ask.Logprobs is { } top) Logprobs.Completion(ref sink, choice.Script, ..choice.Seen, top, generation.Ask.TokensAsIds);
        else sink.Raw("null"u8);
        ChatShape.Finish(ref sink, choice.Script, choice.FinishReason);
        sink.Raw(",\"token_ids\":"u8);
        if (_ids) ChatMessageShape.Ids(ref sink, choice);
        else sink.Raw("null"u8);
        sink.Raw(",\"prompt_logprobs\":null,\"prompt_token_ids\":"u8);
        if (_ids) sink.Numbers(choice.Prompt.Ids);
        else sink.Raw("null"u8);
        sink.Raw("}"u8);
    }

    private void Begin(ref JsonSink sink, Choice choice)
    {
        sink.Raw(Head);
        sink.Raw("[{\"index\":"u8);
        sink.Number(choice.Index);
        sink.Raw(",\"text\":\""u8);
    }

    private void End(ref JsonSink sink, Choice choice, string? finish, int[]? ids, int completion)
    {
        if (finish is null) sink.Raw(",\"finish_reason\":null,\"stop_reason\":null"u8);
        else ChatShape.Finish(ref sink, choice.Script, finish);
        sink.Raw(",\"prompt_token_ids\":"u8);
        if (_ids && choice.Seen == 0) sink.Numbers(choice.Prompt.Ids);
        else sink.Raw("null"u8);
        sink.Raw(",\"token_ids\":"u8);
        if (ids is null) sink.Raw("null"u8);
        else sink.Numbers(ids);
        sink.Raw("}],\"usage\":"u8);
        if (generation.Ask.ContinuousUsage) new Usage(generation.Heading.PromptTokens, completion).Write(ref sink, nulls: false);
        else sink.Raw("null"u8);
        sink.Raw("}\n\n"u8);
    }
}
