using System.Buffers;
using System.Text;
using System.Text.Json;
using Gateway.Simulator.Hosting;
using Gateway.Simulator.Requests;
using Gateway.Simulator.Text;
using Gateway.Simulator.Wire;

namespace Gateway.Simulator.Routes;

/// <summary><c>/tokenize</c>, <c>/detokenize</c> and the two <c>/render</c> paths.</summary>
internal sealed class TokenRoutes(Serving serving)
{
    public Task Serve(HttpContext context, string path, JsonElement root)
    {
        var prompts = new List<Prompt>(1);
        try
        {
            var buffer = new ArrayBufferWriter<byte>(1024);
            var sink = new JsonSink(buffer);
            var failure = path == "/detokenize" ? Detokenize(ref sink, root) : Render(ref sink, path, root, prompts);
            sink.Commit();
            return failure is null ? Reply.Json(context, buffer.WrittenMemory) : Reply.Fail(context, failure, serving.Options.Dialect);
        }
        finally
        {
            foreach (var prompt in prompts) prompt.Dispose();
        }
    }

    private Failure? Render(ref JsonSink sink, string path, JsonElement root, List<Prompt> prompts)
    {
        var chat = path == "/v1/chat/completions/render" || path == "/tokenize" && root.ValueKind == JsonValueKind.Object && root.TryGetProperty("messages"u8, out _);
        var ask = chat ? AskReader.Chat(root, serving.Options.AutoToolChoice, out var failure) : AskReader.Completion(root, out failure);
        if (ask is null) return failure;
        if (ask.Model is { } model && !serving.Adapters.Serves(model)) return Failure.UnknownModel(model);
        if (!chat) failure = CompletionPrompts.Read(ask.Prompt, prompts);
        else if (ChatTemplate.Render(ask, serving.Options.TrimFinalMessage, out failure) is { } prompt) prompts.Add(prompt);
        if (failure is not null) return failure;
        if (path == "/tokenize")
            Tokenized(ref sink, prompts[0], root.TryGetProperty("return_token_strs"u8, out var strings) && strings.ValueKind == JsonValueKind.True);
        else if (chat) Rendered(ref sink, prompts[0], ask);
        else RenderedAll(ref sink, prompts, ask);
        return null;
    }

    private void Tokenized(ref JsonSink sink, Prompt prompt, bool strings)
    {
        sink.Raw("{\"count\":"u8);
        sink.Number(prompt.TokenCount);
        sink.Raw(",\"max_model_len\":"u8);
        sink.Number(serving.Options.MaxModelLen);
        sink.Raw(",\"tokens\":"u8);
        sink.Numbers(prompt.Ids);
        sink.Raw(",\"token_strs\":"u8);
        if (!strings)
        {
            sink.Raw("null}"u8);
            return;
        }
        Span<byte> bytes = stackalloc byte[StandInTokenizer.MaxBytes];
        sink.Raw("["u8);
        for (var i = 0; i < prompt.Ids.Length; i++)
        {
            if (i > 0) sink.Raw(","u8);
            sink.Quoted(Encoding.UTF8.GetString(bytes[..StandInTokenizer.Decode(prompt.Ids[i], bytes)]));
        }
        sink.Raw("]}"u8);
    }

    private void RenderedAll(ref JsonSink sink, List<Prompt> prompts, Ask ask)
    {
        sink.Raw("["u8);
        for (var i = 0; i < prompts.Count; i++)
        {
            if (i > 0) sink.Raw(","u8);
            Rendered(ref sink, prompts[i], ask);
        }
        sink.Raw("]"u8);
    }

    private void Rendered(ref JsonSink sink, Prompt prompt, Ask ask)
    {
        sink.Raw("{\"request_id\":"u8);
        sink.Quoted(ask.RequestId ?? serving.NewId());
        sink.Raw(",\"token_ids\":"u8);
        sink.Numbers(prompt.Ids);
        sink.Raw(",\"prompt\":"u8);
        sink.Quoted(prompt.Text);
        sink.Raw(",\"model\":"u8);
        sink.Quoted(ask.Model ?? serving.Options.Model);
        sink.Raw("}"u8);
    }

    private static Failure? Detokenize(ref JsonSink sink, JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("tokens"u8, out var tokens))
            return Failure.Body("missing", "tokens", "Field required");
        if (tokens.ValueKind != JsonValueKind.Array || CompletionPrompts.Ids(tokens) is not { } ids)
            return Failure.Body("int_type", "tokens", "Input should be a valid integer");
        using var text = new PooledText(ids.Length * 4 + 1);
        Span<byte> bytes = stackalloc byte[StandInTokenizer.MaxBytes];
        foreach (var id in ids)
        {
            var length = StandInTokenizer.Decode(id, bytes);
            if (length < 0) return Failure.Invalid($"Token id {id} is out of vocabulary", "tokens");
            text.Append(bytes[..length]);
        }
        sink.Raw("{\"prompt\":"u8);
        // Ids that stop inside a character decode to a replacement character, as in a real tokenizer.
        sink.Quoted(Encoding.UTF8.GetString(text.Span));
        sink.Raw("}"u8);
        return null;
    }
}
