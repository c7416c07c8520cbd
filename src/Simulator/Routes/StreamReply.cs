using System.Buffers;
using Gateway.Simulator.Hosting;
using Gateway.Simulator.Requests;
using Gateway.Simulator.Wire;

namespace Gateway.Simulator.Routes;

/// <summary>Streams a generation: a frame per token as the tokens appear, then usage, then [DONE].</summary>
internal sealed class StreamReply(Serving serving, Exchange exchange, Generation generation, IReplyShape shape)
{
    private static ReadOnlySpan<byte> DoneFrame => "data: [DONE]\n\n"u8;

    private readonly HttpContext _context = exchange.Context;
    private bool _opened, _faulted, _unflushed;

    public async Task RunAsync()
    {
        _context.Response.ContentType = "text/event-stream; charset=utf-8";
        await _context.Response.StartAsync();
        if (generation.Fault is { Kind: FaultKind.SlowFirstToken, Delay: { } delay })
        {
            await FlushAsync(force: true);
            await serving.Clock.Delay(delay, exchange.CallerLeft);
        }
        while (Unfinished() is { } next)
        {
            var more = next.Sequence.MoreThan(next.Seen);
            if (!more.IsCompleted) await FlushAsync(force: true);
            await more;
            if (exchange.HasLeft) return;
            foreach (var choice in generation.Choices)
                if (!choice.Finished && !await WriteReadyAsync(choice)) return;
        }
        if (generation.Ask.IncludeUsage) WriteUsage();
        if (generation.Fault?.Kind != FaultKind.MissingDone) _context.Response.BodyWriter.Write(DoneFrame);
    }

    private Choice? Unfinished()
    {
        foreach (var choice in generation.Choices)
            if (!choice.Finished) return choice;
        return null;
    }

    /// <summary>Writes what exists of one choice; false if a fault has ended the reply.</summary>
    private async ValueTask<bool> WriteReadyAsync(Choice choice)
    {
        var sequence = choice.Sequence;
        while (true)
        {
            if (choice.Seen == generation.FaultAfter && !_faulted && !await FailAsync(choice)) return false;
            if (choice.Finished || choice.Seen >= sequence.Produced) break;
            if (WriteToken(choice) && serving.Options.FlushEachChunk) await FlushAsync();
        }
        if (!choice.Finished && sequence.Aborted && choice.Seen == sequence.Produced) WriteAbort(choice);
        return true;
    }

    private async ValueTask<bool> FailAsync(Choice choice)
    {
        _faulted = true;
        switch (generation.Fault!.Kind)
        {
            case FaultKind.StallAfter:
                await FlushAsync(force: true);
                await exchange.StallAsync();
                return false;
            case FaultKind.CutAfter:
                await FlushAsync(force: true);
                await exchange.CutAsync();
                return false;
            case FaultKind.ErrorFrameAfter:
                choice.FinishReason = "error";
                WriteEnd(ErrorBody.Frame(Failure.Engine, serving.Options.Dialect));
                return false;
            case FaultKind.GarbageAfter:
                WriteEnd("data: {\"id\": garbage\n\n"u8);
                return false;
            case FaultKind.TruncatedUtf8After:
                WriteBroken(choice);
                return true;
            default:
                generation.Abort(serving.Engine);
                foreach (var each in generation.Choices)
                    if (!each.Finished) WriteAbort(each);
                return true;
        }
    }

    private bool WriteToken(Choice choice)
    {
        var sink = Open();
        var last = choice.Seen + 1 == choice.Sequence.Target;
        var wrote = shape.Token(ref sink, choice, last);
        sink.Commit();
        choice.Seen++;
        choice.Finished = last;
        _unflushed |= wrote;
        return wrote;
    }

    private void WriteAbort(Choice choice)
    {
        var sink = Open();
        choice.FinishReason = "abort";
        shape.Abort(ref sink, choice);
        sink.Commit();
        choice.Finished = true;
        _unflushed = true;
    }

    private void WriteBroken(Choice choice)
    {
        var sink = Open();
        shape.BrokenCharacter(ref sink, choice);
        sink.Commit();
        _unflushed = true;
    }

    private void WriteUsage()
    {
        var sink = new JsonSink(_context.Response.BodyWriter);
        shape.Usage(ref sink);
        sink.Commit();
    }

    private void WriteEnd(ReadOnlySpan<byte> frame)
    {
        _context.Response.BodyWriter.Write(frame);
        _context.Response.BodyWriter.Write(DoneFrame);
    }

    private JsonSink Open()
    {
        var sink = new JsonSink(_context.Response.BodyWriter);
        if (_opened) return sink;
        shape.Open(ref sink);
        _opened = true;
        return sink;
    }

    private async ValueTask FlushAsync(bool force = false)
    {
        if (!_unflushed && !force) return;
        _unflushed = false;
        await _context.Response.BodyWriter.FlushAsync(CancellationToken.None);
    }
}
