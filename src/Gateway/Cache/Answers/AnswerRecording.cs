using System.Buffers;
using Gateway.Protocol;

namespace Gateway.Cache.Answers;

/// <summary>Takes down an answer on its way to the caller: a whole one as it is, a stream with its text run together.</summary>
/// <remarks>
/// Of a stream whose frames differ in their text alone only the first is kept as it came, and the texts of the others are put behind its
/// own: a frame of some 250 bytes that says four of them would else take 250. What cannot be run together stays as it came. Buffers are
/// lent, and grow by doubling; a chunk allocates nothing.
/// </remarks>
/// <param name="most">Bytes from which on nothing is kept.</param>
public sealed class AnswerRecording(int most) : IDisposable
{
    private const int FirstBuffer = 2048;

    /// <summary>Frames, each with a line feed behind it; the last one, while texts may be put into it, ends before what follows its text.</summary>
    private readonly RentedBytes _frames = new(FirstBuffer);

    /// <summary>What follows the text of the last frame.</summary>
    private readonly RentedBytes _tail = new(512);

    /// <summary>Bytes that have come and are no whole frame yet.</summary>
    private readonly RentedBytes _pending = new(512);

    private SseFrameReader _reader;
    private int _start;
    private int _textAt;
    private bool _isOpen;

    /// <summary>Whether all of it is here.</summary>
    public bool IsWhole { get; private set; } = true;

    /// <summary>The answer that was no stream; null when it was one.</summary>
    public byte[]? Whole { get; private set; }

    /// <summary>Takes an answer that is no stream.</summary>
    /// <param name="body">Its bytes.</param>
    /// <param name="hidden">The part in whose place the caller saw <c>null</c>; empty when there is none.</param>
    public void Take(ReadOnlySpan<byte> body, ByteRange hidden)
    {
        if (body.Length > most)
            IsWhole = false;
        else
            Whole = hidden.IsEmpty ? body.ToArray() : [.. body[..hidden.Start], .. "null"u8, .. body[hidden.End..]];
    }

    /// <summary>Takes bytes of a stream, cut anywhere.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (!IsWhole)
            return;
        _pending.Add(bytes);
        while (_reader.TryRead(_pending.Span, out var frame))
        {
            if (!frame.Data.IsEmpty)
                Add(frame.Data.In(_pending.Span));
        }

        var done = _reader.Consumed;
        _pending.DropFront(done);
        _reader.Rebase(done);
        if (_frames.Length + _pending.Length > most)
            Lose();
    }

    /// <summary>What it says.</summary>
    internal AnswerPieces Read()
    {
        var pieces = new AnswerPieces();
        if (Whole is not null)
        {
            pieces.Read(Whole);
            return pieces;
        }

        Seal();
        foreach (var line in _frames.Span.Split((byte)'\n'))
        {
            var payload = _frames.Span[line];
            if (!payload.IsEmpty && !payload.SequenceEqual("[DONE]"u8))
                pieces.Read(payload);
        }

        return pieces;
    }

    /// <summary>The answer as it would be stored; null when it is not one that others may be given.</summary>
    internal byte[]? ReadFit(Usage? usage)
    {
        var pieces = Read();
        var body = Whole ?? AnswerJson.Write(pieces, usage);
        return Fitness.FlawOf(pieces, body) is null ? body : null;
    }

    /// <summary>The stream so far, as frames: those that were run together as one, and what has come of the next.</summary>
    internal byte[] Snapshot()
    {
        if (!IsWhole)
            return [];
        var (frames, written) = (new ArrayBufferWriter<byte>(_frames.Length + 256), 0);
        foreach (var line in _frames.Span.Split((byte)'\n'))
        {
            var payload = _frames.Span[line];
            var isLast = line.End.GetOffset(_frames.Length) == _frames.Length;
            if (payload.IsEmpty)
                continue;
            frames.Write("data: "u8);
            frames.Write(payload);
            if (isLast && _isOpen)
                frames.Write(_tail.Span);
            frames.Write("\n\n"u8);
            written++;
        }

        frames.Write(_pending.Span);
        return written + _pending.Length == 0 ? [] : frames.WrittenSpan.ToArray();
    }

    public void Dispose()
    {
        _frames.Dispose();
        _tail.Dispose();
        _pending.Dispose();
    }

    private void Add(ReadOnlySpan<byte> payload)
    {
        if (_isOpen && TryRunOn(payload))
            return;
        Seal();
        _start = _frames.Length;
        var chunk = ChunkReader.Read(payload);
        var isText = chunk is { Kind: ChunkKind.Part, Text.IsEmpty: false, Finished: 0, ShowsOther: false, Usage: null, Logprobs.IsEmpty: true };
        _frames.Add(isText ? payload[..chunk.Text.End] : payload);
        if (!isText)
        {
            _frames.Add("\n"u8);
            return;
        }

        _tail.Clear();
        _tail.Add(payload[chunk.Text.End..]);
        (_textAt, _isOpen) = (_start + chunk.Text.Start, true);
    }

    /// <summary>Puts the payload's text behind the last frame's, if nothing else differs.</summary>
    private bool TryRunOn(ReadOnlySpan<byte> payload)
    {
        var head = _frames.Span[_start.._textAt];
        if (payload.Length <= head.Length + _tail.Length || !payload.StartsWith(head) || !payload.EndsWith(_tail.Span))
            return false;
        var text = payload[head.Length..^_tail.Length];
        if (text.IndexOfAny((byte)'"', (byte)'\\') >= 0)
        {
            // Where an escape stands the payload is read, since a backslash may be the quote's.
            var chunk = ChunkReader.Read(payload);
            if (chunk.Kind != ChunkKind.Part || chunk.Text != new ByteRange(head.Length, text.Length))
                return false;
        }

        _frames.Add(text);
        return true;
    }

    private void Seal()
    {
        if (!_isOpen)
            return;
        _frames.Add(_tail.Span);
        _frames.Add("\n"u8);
        _isOpen = false;
    }

    private void Lose()
    {
        IsWhole = false;
        Dispose();
    }
}
