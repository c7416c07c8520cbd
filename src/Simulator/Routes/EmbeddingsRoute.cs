using System.Buffers;
using System.Text;
using System.Text.Json;
using Gateway.Simulator.Hosting;
using Gateway.Simulator.Requests;
using Gateway.Simulator.Text;
using Gateway.Simulator.Wire;

namespace Gateway.Simulator.Routes;

/// <summary>
/// <c>POST /v1/embeddings</c>: unit vectors made of hashed words, so that texts that share words are near each other. Costs no virtual
/// time except under a slow fault.
/// </summary>
internal sealed class EmbeddingsRoute(Serving serving)
{
    public async Task ServeAsync(Exchange exchange, JsonElement root, Fault? fault)
    {
        var prompts = new List<Prompt>(1);
        try
        {
            if (Read(root, prompts, out var dimensions, out var base64) is { } failure)
            {
                await Reply.Fail(exchange.Context, failure, serving.Options.Dialect);
                return;
            }
            if (fault is { Kind: FaultKind.SlowFirstToken, Delay: { } delay }) await serving.Clock.Delay(delay, exchange.CallerLeft);
            await AnswerAsync(exchange, Body(root, prompts, dimensions, base64), fault);
        }
        finally
        {
            foreach (var prompt in prompts) prompt.Dispose();
        }
    }

    private async Task AnswerAsync(Exchange exchange, byte[] body, Fault? fault)
    {
        switch (fault?.Kind)
        {
            case FaultKind.StallAfter: await exchange.StallAsync(); break;
            case FaultKind.CutAfter:
                exchange.Context.Response.ContentLength = body.Length;
                await exchange.Context.Response.BodyWriter.WriteAsync(body.AsMemory(0, body.Length / 2), CancellationToken.None);
                await exchange.CutAsync();
                break;
            case FaultKind.ErrorFrameAfter or FaultKind.AbortAfter: await Reply.Fail(exchange.Context, Failure.Engine, serving.Options.Dialect); break;
            case FaultKind.GarbageAfter or FaultKind.TruncatedUtf8After: await Reply.Json(exchange.Context, PlainReply.NotJson); break;
            default: await Reply.Json(exchange.Context, body); break;
        }
    }

    private Failure? Read(JsonElement root, List<Prompt> prompts, out int dimensions, out bool base64)
    {
        dimensions = serving.Options.EmbeddingDimensions;
        base64 = false;
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("input"u8, out var input)) return Failure.Body("missing", "input", "Field required");
        if (root.TryGetProperty("model"u8, out var model) && model.ValueKind == JsonValueKind.String && !serving.Adapters.Serves(model.GetString()!))
            return Failure.UnknownModel(model.GetString()!);
        if (root.TryGetProperty("dimensions"u8, out var size) && size.ValueKind == JsonValueKind.Number
            && (!size.TryGetInt32(out dimensions) || dimensions is < 1 or > 8192)) return Failure.Body("int_parsing", "dimensions", "Input should be a valid integer");
        base64 = root.TryGetProperty("encoding_format"u8, out var format) && format.ValueKind == JsonValueKind.String && format.ValueEquals("base64"u8);
        if (CompletionPrompts.Read(input, prompts) is { } failure) return failure;
        foreach (var prompt in prompts)
            if (prompt.TokenCount > serving.Options.MaxModelLen) return Failure.Overflow(serving.Options.MaxModelLen, 0, prompt.TokenCount);
        return null;
    }

    private byte[] Body(JsonElement root, List<Prompt> prompts, int dimensions, bool base64)
    {
        var buffer = new ArrayBufferWriter<byte>(dimensions * 12 * prompts.Count);
        var sink = new JsonSink(buffer);
        var tokens = 0;
        sink.Raw(Encoding.UTF8.GetBytes($"{{\"id\":\"embd-{serving.NewId()}\",\"object\":\"list\",\"created\":{serving.Clock.UnixSeconds},\"model\":"));
        sink.Quoted(root.TryGetProperty("model"u8, out var model) && model.ValueKind == JsonValueKind.String ? model.GetString() : serving.Options.Model);
        sink.Raw(",\"data\":["u8);
        for (var i = 0; i < prompts.Count; i++)
        {
            tokens += prompts[i].TokenCount;
            sink.Raw(i > 0 ? ",{\"index\":"u8 : "{\"index\":"u8);
            sink.Number(i);
            sink.Raw(",\"object\":\"embedding\",\"embedding\":"u8);
            var vector = WordVector.Of(prompts[i].Text, dimensions);
            if (base64) sink.Quoted(Convert.ToBase64String(System.Runtime.InteropServices.MemoryMarshal.AsBytes(vector.AsSpan())));
            else Numbers(ref sink, vector);
            sink.Raw("}"u8);
        }
        sink.Raw("],\"usage\":{\"prompt_tokens\":"u8);
        sink.Number(tokens);
        sink.Raw(",\"total_tokens\":"u8);
        sink.Number(tokens);
        sink.Raw(",\"completion_tokens\":0,\"prompt_tokens_details\":null}}"u8);
        sink.Commit();
        return buffer.WrittenSpan.ToArray();
    }

    private static void Numbers(ref JsonSink sink, float[] vector)
    {
        sink.Raw("["u8);
        for (var i = 0; i < vector.Length; i++)
        {
            if (i > 0) sink.Raw(","u8);
            sink.Real(vector[i]);
        }
        sink.Raw("]"u8);
    }
}
