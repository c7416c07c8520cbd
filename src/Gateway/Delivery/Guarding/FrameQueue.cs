using Gateway.Cache.Answers;
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
    /// <summary>Longest payload that is learned; what is longer says more than a few tokens.</summary>
    private const int MostLearned = 1024;

    private readonly RentedBytes _bytes = new(2048);
    private readonly AnswerTextReader _reader = new();
    private readonly List<Channel> _channels = [];
    private readonly List<QueuedFrame> _frames = [];
    private readonly List<QueuedText> _texts = [];
    private readonly FrameEdit _edit = new();
    private byte[] _plain = new byte[256];
    private SseFrameReader _cutter;
    private ChunkTemplate _template;
    private Channel? _learned;
    private int _nextFrame;
    private int _nextText;
    private int _gone;

    /// <summary>Whether some channel holds text back.</summary>
    public bool Holds => _nextFrame < _frames.Count;

    /// <summary>The payload of the first chunk; empty before it came.</summary>
    public byte[] Opening { get; private set; } = [];

    /// <summary>Choices that have come, and for each whether its end has left, and whether any of its text has.</summary>
    public List<(int Index, bool IsFinished, bool IsShown)> Choices { get; } = [];

    protected List<Channel> Channels => _channels;

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
        foreach (var channel in _channels)
        {
            if (channel.Window.CanExpire)
                channel.Window.Expire();
        }

        Send();
    }

    /// <summary>Nothing follows: all that is held is judged and sent.</summary>
    public void End()
    {
        foreach (var channel in _channels)
            channel.Ends = true;
        Release();
    }

    /// <summary>Lets go of everything that has not left.</summary>
    public void Drop()
    {
        _frames.Clear();
        _texts.Clear();
        (_nextFrame, _nextText) = (0, 0);
        _bytes.Clear();
        (_cutter, _gone) = (default, 0);
    }

    public void Dispose()
    {
        foreach (var channel in _channels)
            channel.Window.Dispose();
        _bytes.Dispose();
        _template.Forget();
    }

    protected void Judge()
    {
        foreach (var channel in _channels)
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
                _edit.Write(_bytes.Span.Slice(frame.Start - _gone, frame.Length), frame.Payload, _reader, TextsOf(frame), _channels);
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
            var window = _channels[text.Channel].Window;
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
            var channel = _channels[text.Channel];
            channel.Window.Forget(text.To);
            Note(channel.Key.Choice, isShown: true);
        }

        _nextText += frame.Texts;
        if (!frame.Finishes)
            return;
        _reader.Read(_bytes.Span.Slice(frame.Start - _gone + frame.Payload.Start, frame.Payload.Length));
        foreach (var choice in _reader.Choices)
            Note(choice.Index, choice.IsFinished, isShown: true);
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
            foreach (var channel in _channels)
                channel.Ends = true;
        }
        else if (payload.StartsWith("{"u8) && !frame.HasManyDataLines)
        {
            queued = queued with { Finishes = Take(payload) };
        }

        _frames.Add(queued with { Texts = _texts.Count - before });
    }

    /// <returns>Whether a choice ends here.</returns>
    private bool Take(ReadOnlySpan<byte> payload)
    {
        if (_template.TryRead(payload, out var chunk))
        {
            Append(_learned!, chunk.Text, chunk.Text.In(payload));
            return false;
        }

        if (Opening.Length == 0)
            Opening = payload.ToArray();
        _reader.Read(payload);
        foreach (var choice in _reader.Choices)
            Note(choice.Index);
        foreach (var call in _reader.Calls)
            Name(ChannelOf(call.Channel).Window, call.Name);
        foreach (var text in _reader.Texts)
        {
            var raw = text.Raw.In(payload);
            if (text.IsEscaped)
            {
                if (_plain.Length < raw.Length)
                    _plain = new byte[raw.Length * 2];
                Append(ChannelOf(text.Channel), text.Raw, _plain.AsSpan(0, EscapedText.Unescape(raw, _plain)));
            }
            else
            {
                Append(ChannelOf(text.Channel), text.Raw, raw);
            }
        }

        var finishes = false;
        foreach (var choice in _reader.Choices)
        {
            finishes |= choice.IsFinished;
            foreach (var channel in _channels)
                channel.Ends |= choice.IsFinished && channel.Key.Choice == choice.Index;
        }

        if (!finishes)
            Learn(payload);
        return finishes;
    }

    /// <summary>Of what differs from this chunk in its text alone, the next ones need not be parsed.</summary>
    private void Learn(ReadOnlySpan<byte> payload)
    {
        if (_reader.Texts.Count != 1 || _reader.Choices is not [{ IsFinished: false, Logprobs.IsEmpty: true, TokenIds.IsEmpty: true }] || _reader.Calls.Count > 0)
            return;
        var (chunk, text) = (ChunkReader.Read(payload), _reader.Texts[0]);
        if (chunk.Kind != ChunkKind.Part || chunk.Text != text.Raw || chunk.HasRole || chunk.ShowsOther || chunk.Usage is not null || payload.Length > MostLearned)
            return;
        _template.Learn(payload, chunk);
        _learned = ChannelOf(text.Channel);
    }

    private void Append(Channel channel, ByteRange raw, ReadOnlySpan<byte> utf8)
    {
        var from = channel.Window.Length;
        channel.Window.Append(utf8);
        channel.IsNew = true;
        _texts.Add(new QueuedText(channel.Place, raw, from, channel.Window.Length));
    }

    private Channel ChannelOf(TextChannel key)
    {
        foreach (var channel in _channels)
        {
            if (channel.Key == key)
                return channel;
        }

        var opened = new Channel(key, Open(key), _channels.Count);
        _channels.Add(opened);
        return opened;
    }

    private void Note(int choice, bool isFinished = false, bool isShown = false)
    {
        for (var i = 0; i < Choices.Count; i++)
        {
            if (Choices[i].Index != choice)
                continue;
            Choices[i] = (choice, Choices[i].IsFinished || isFinished, Choices[i].IsShown || isShown);
            return;
        }

        Choices.Add((choice, isFinished, isShown));
    }
}

/// <summary>One text of the stream, and its window.</summary>
internal sealed class Channel(TextChannel key, StreamWindow window, int place)
{
    public TextChannel Key => key;

    public StreamWindow Window => window;

    public int Place => place;

    /// <summary>It has something that was not judged: text, or itself.</summary>
    public bool IsNew { get; set; } = true;

    /// <summary>Nothing follows.</summary>
    public bool Ends { get; set; }

    /// <summary>It was judged to its end.</summary>
    public bool HasEnded { get; set; }
}

/// <summary>A frame that has not left.</summary>
/// <param name="Start">Its place among all bytes that came.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="Payload">Where its payload stands in it.</param>
/// <param name="Texts">How many texts it has.</param>
/// <param name="IsShown">Whether the caller is to see it.</param>
/// <param name="IsEnd">It is <c>[DONE]</c>.</param>
internal readonly record struct QueuedFrame(int Start, int Length, ByteRange Payload, int Texts, bool IsShown, bool IsEnd)
{
    /// <summary>A choice ends here.</summary>
    public bool Finishes { get; init; }
}

/// <summary>A text of such a frame.</summary>
/// <param name="Channel">The place of its channel.</param>
/// <param name="Raw">Where it stands in the payload.</param>
/// <param name="From">Where it begins in its window.</param>
/// <param name="To">Behind its last byte there.</param>
internal readonly record struct QueuedText(int Channel, ByteRange Raw, int From, int To);
