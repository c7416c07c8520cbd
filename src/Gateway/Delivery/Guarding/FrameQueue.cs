using Gateway.Guardrails.Streaming;
using Gateway.Protocol;

namespace Gateway.Delivery.Guarding;

/// <summary>Frames on their way through windows: each leaves, in its order, when all its text is released.</summary>
/// <remarks>
/// A frame whose text is not touched leaves byte for byte as it came. One that is touched is written anew, see <see cref="FrameEdit"/>.
/// Frames may come cut anywhere. What is no text (comments, usage, roles) waits only for what stands before it.
/// </remarks>
internal abstract class FrameQueue : IDisposable
{
    private readonly ChunkTexts _chunks;
    private readonly RentedBytes _bytes = new(2048);
    private readonly List<QueuedFrame> _frames = [];
    private readonly List<QueuedText> _texts = [];
    private readonly FrameEdit _edit = new();
    private SseFrameReader _cutter;
    private int _nextFrame;
    private int _nextText;
    private int _gone;

    protected FrameQueue() => _chunks = new ChunkTexts(Open, Name);

    /// <summary>Whether some channel holds text back.</summary>
    public bool Holds => _nextFrame < _frames.Count;

    /// <summary>The payload of the first chunk; empty before it came.</summary>
    public byte[] Opening => _chunks.Opening;

    /// <summary>Choices that have come, and for each whether its end has left, and whether any of its text has.</summary>
    public List<(int Index, bool IsFinished, bool IsShown)> Choices => _chunks.Choices;

    protected List<Channel> Channels => _chunks.Channels;

    /// <summary>Adds frames, or parts of them.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="isShown">Whether the caller is to see them.</param>
    public void Add(ReadOnlySpan<byte> bytes, bool isShown = true)
    {
        _bytes.Add(bytes);
        while (_cutter.TryRead(_bytes.Span, out var frame))
            Enqueue(frame, isShown);
    }

    /// <summary>Judges what has come, and sends what may leave.</summary>
    public void Release()
    {
        Judge();
        Send();
    }

    /// <summary>Judges what is held as if nothing followed, and sends it.</summary>
    public void Expire()
    {
        foreach (var channel in Channels)
        {
            if (channel.Window.CanExpire)
                channel.Window.Expire();
        }

        Send();
    }

    /// <summary>Nothing follows: all that is held is judged and sent.</summary>
    public void End()
    {
        foreach (var channel in Channels)
            channel.Ends = true;
        Release();
    }

    public void Dispose()
    {
        foreach (var channel in Channels)
            channel.Window.Dispose();
        _bytes.Dispose();
        _chunks.Dispose();
    }

    protected void Judge()
    {
        foreach (var channel in Channels)
        {
            if (channel.Ends && (channel.IsNew || !channel.HasEnded))
                channel.Window.End();
            else if (channel.IsNew)
                channel.Window.Judge();
            channel.HasEnded |= channel.Ends;
            channel.IsNew = false;
        }
    }

    /// <summary>Whether nothing may leave any more.</summary>
    protected virtual bool IsStopped => false;

    protected abstract StreamWindow Open(TextChannel channel);

    /// <summary>A tool's name has come, or a part of it.</summary>
    protected virtual void Name(StreamWindow window, string part)
    {
    }

    /// <summary>Comes before <c>[DONE]</c>, when all before it has left.</summary>
    protected virtual void BeforeEnd()
    {
    }

    /// <summary>Sends whole frames on.</summary>
    protected abstract void Send(ReadOnlySpan<byte> frames, bool isShown);

    protected void Send()
    {
        var (start, end, isShown) = (0, 0, true);
        for (; _nextFrame < _frames.Count && !IsStopped; _nextFrame++)
        {
            var frame = _frames[_nextFrame];
            if (!MayLeave(frame, out var isTouched))
                break;
            if (end > start && (isTouched || frame.IsEnd || frame.IsShown != isShown))
            {
                Send(_bytes.Span[start..end], isShown);
                start = end = frame.Start - _gone;
            }

            isShown = frame.IsShown;
            if (frame.IsEnd)
                BeforeEnd();
            if (isTouched)
            {
                _edit.Write(_bytes.Span.Slice(frame.Start - _gone, frame.Length), frame.Payload, _chunks.Reader, TextsOf(frame), Channels);
                if (_edit.Says)
                    Send(_edit.Written, isShown);
                start = end = frame.Start - _gone + frame.Length;
            }
            else
            {
                start = end > start ? start : frame.Start - _gone;
                end = frame.Start - _gone + frame.Length;
            }

            Left(frame);
        }

        if (end > start && !IsStopped)
            Send(_bytes.Span[start..end], isShown);
        Forget();
    }

    private ReadOnlySpan<QueuedText> TextsOf(QueuedFrame frame) =>
        System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_texts).Slice(_nextText, frame.Texts);

    private bool MayLeave(QueuedFrame frame, out bool isTouched)
    {
        isTouched = false;
        foreach (ref readonly var text in TextsOf(frame))
        {
            var window = Channels[text.Channel].Window;
            if (window.Released < text.To)
                return false;
            foreach (ref readonly var redaction in window.Redactions)
                isTouched |= redaction.Start < text.To && redaction.End > text.From;
        }

        return true;
    }

    private void Left(QueuedFrame frame)
    {
        foreach (ref readonly var text in TextsOf(frame))
        {
            var channel = Channels[text.Channel];
            channel.Window.Forget(text.To);
            _chunks.Note(channel.Key.Choice, isShown: true);
        }

        _nextText += frame.Texts;
        if (!frame.Finishes)
            return;
        _chunks.Reader.Read(_bytes.Span.Slice(frame.Start - _gone + frame.Payload.Start, frame.Payload.Length));
        foreach (var choice in _chunks.Reader.Choices)
            _chunks.Note(choice.Index, choice.IsFinished, isShown: true);
    }

    private void Forget()
    {
        var done = _nextFrame < _frames.Count ? _frames[_nextFrame].Start - _gone : IsStopped ? 0 : _cutter.Consumed;
        if (_nextFrame == _frames.Count || _nextFrame > 1024)
        {
            _frames.RemoveRange(0, _nextFrame);
            _texts.RemoveRange(0, _nextText);
            (_nextFrame, _nextText) = (0, 0);
        }

        if (done == 0)
            return;
        _bytes.DropFront(done);
        _cutter.Rebase(done);
        _gone += done;
    }

    private void Enqueue(SseFrame frame, bool isShown)
    {
        var payload = frame.Data.In(_bytes.Span);
        var queued = new QueuedFrame(frame.Whole.Start + _gone, frame.Whole.Length, new ByteRange(frame.Data.Start - frame.Whole.Start, frame.Data.Length), 0, isShown, payload.SequenceEqual("[DONE]"u8));
        var before = _texts.Count;
        if (queued.IsEnd)
        {
            foreach (var channel in Channels)
                channel.Ends = true;
        }
        else if (payload.StartsWith("{"u8) && !frame.HasManyDataLines)
        {
            queued = queued with { Finishes = _chunks.Take(payload, _texts) };
        }

        _frames.Add(queued with { Texts = _texts.Count - before });
    }
}
