using System.Buffers;
using Gateway.Simulator.Hosting;
using Gateway.Simulator.Requests;
using Gateway.Simulator.Wire;

namespace Gateway.Simulator.Routes;

/// <summary>Answers a generation in one piece, once all of it exists.</summary>
internal sealed class PlainReply(Serving serving, Exchange exchange, Generation generation, IReplyShape shape)
{
    /// <summary>What a garbage fault answers with.</summary>
    public static readonly byte[] NotJson = "{\"id\": garbage"u8.ToArray();

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _scratch;

    public async Task RunAsync()
    {
        var fault = generation.Fault;
        if (fault is { Kind: FaultKind.SlowFirstToken, Delay: { } delay }) await serving.Clock.Delay(delay, exchange.CallerLeft);
        if (fault?.Kind == FaultKind.AbortAfter) await UpToAsync(fault.Tokens);
        foreach (var choice in generation.Choices)
            await choice.Sequence.MoreThan(choice.Sequence.Target - 1);
        if (exchange.HasLeft) return;
        foreach (var choice in generation.Choices)
        {
            choice.Seen = Math.Min(choice.Sequence.Produced, generation.FaultAfter == int.MaxValue ? int.MaxValue : Limit(fault!));
            if (choice.Seen < choice.Sequence.Target) choice.FinishReason = "abort";
            choice.Finished = true;
        }
        switch (fault?.Kind)
        {
            case FaultKind.StallAfter: await exchange.StallAsync(); break;
            case FaultKind.CutAfter: await CutAsync(fault.Tokens); break;
            case FaultKind.ErrorFrameAfter: await Reply.Fail(exchange.Context, Failure.Engine, serving.Options.Dialect); break;
            case FaultKind.GarbageAfter: await Reply.Json(exchange.Context, NotJson); break;
            case FaultKind.TruncatedUtf8After: await BrokenAsync(); break;
            default: await Reply.Json(exchange.Context, Whole()); break;
        }
    }

    /// <summary>Only an abort shows fewer tokens; the other faults spoil a whole answer.</summary>
    private static int Limit(Fault fault) => fault.Kind == FaultKind.AbortAfter ? fault.Tokens : int.MaxValue;

    private async Task UpToAsync(int tokens)
    {
        var first = generation.Choices[0].Sequence;
        await first.MoreThan(Math.Min(tokens, first.Target) - 1);
        generation.Abort(serving.Engine);
    }

    private async Task CutAsync(int tokens)
    {
        var body = Whole();
        var total = Math.Max(generation.Choices[0].Sequence.Target, 1);
        var part = (int)((long)(body.Length - 1) * Math.Min(tokens, total) / total);
        var response = exchange.Context.Response;
        response.ContentType = Reply.JsonType;
        response.ContentLength = body.Length;
        await response.BodyWriter.WriteAsync(body[..part], CancellationToken.None);
        await exchange.CutAsync();
    }

    /// <summary>Every byte of Content-Length is there, but one is not UTF-8.</summary>
    private Task BrokenAsync()
    {
        var body = Whole().ToArray();
        var at = body.AsSpan().IndexOf("\"content\":\""u8) is >= 0 and var content ? content + 11 : body.AsSpan().IndexOf("\"text\":\""u8) + 8;
        body[Math.Clamp(at, 0, body.Length - 1)] = 0xE2;
        return Reply.Json(exchange.Context, body);
    }

    /// <summary>The reply, until this thread renders the next.</summary>
    private ReadOnlyMemory<byte> Whole()
    {
        var scratch = _scratch ??= new ArrayBufferWriter<byte>(4096);
        scratch.ResetWrittenCount();
        var sink = new JsonSink(scratch);
        shape.Whole(ref sink);
        sink.Commit();
        return scratch.WrittenMemory;
    }
}
