namespace Gateway.Protocol;

/// <summary>Cuts a stream of bytes into server-sent event frames, without copying and without scanning a byte twice.</summary>
/// <remarks>
/// A frame ends with an empty line. Lines end with LF, CRLF or CR, as the standard allows; a CR that is the last byte read is
/// not yet a line end, since an LF may follow. Offsets are relative to the buffer the caller passes in, which may grow at its
/// end between calls; after moving bytes to the buffer's front, call <see cref="Rebase"/>.
/// </remarks>
public struct SseFrameReader
{
    private int _frameStart;
    private int _lineStart;
    private int _scanned;
    private ByteRange _data;
    private bool _hasManyDataLines;

    /// <summary>Start of the bytes that no returned frame covers yet.</summary>
    public readonly int Consumed => _frameStart;

    /// <summary>Tells that <paramref name="count"/> bytes were dropped from the buffer's front.</summary>
    public void Rebase(int count)
    {
        _frameStart -= count;
        _lineStart -= count;
        _scanned -= count;
        if (!_data.IsEmpty)
            _data = new ByteRange(_data.Start - count, _data.Length);
    }

    /// <summary>The next whole frame in <paramref name="buffer"/>, if it has arrived.</summary>
    public bool TryRead(ReadOnlySpan<byte> buffer, out SseFrame frame)
    {
        while (TryReadLine(buffer, out var line))
        {
            if (line.Length > 0)
            {
                NoteData(buffer, line);
                continue;
            }

            frame = new SseFrame(new ByteRange(_frameStart, _lineStart - _frameStart), _data, _hasManyDataLines);
            _frameStart = _lineStart;
            _data = default;
            _hasManyDataLines = false;
            return true;
        }

        frame = default;
        return false;
    }

    private bool TryReadLine(ReadOnlySpan<byte> buffer, out ByteRange line)
    {
        var at = buffer[_scanned..].IndexOfAny((byte)'\n', (byte)'\r');
        if (at < 0)
        {
            _scanned = buffer.Length;
            line = default;
            return false;
        }

        var end = _scanned + at;
        var next = end + 1;
        if (buffer[end] == '\r')
        {
            if (next == buffer.Length)
            {
                _scanned = end;
                line = default;
                return false;
            }

            if (buffer[next] == '\n')
                next++;
        }

        line = new ByteRange(_lineStart, end - _lineStart);
        _lineStart = next;
        _scanned = next;
        return true;
    }

    private void NoteData(ReadOnlySpan<byte> buffer, ByteRange line)
    {
        if (!line.In(buffer).StartsWith("data:"u8))
            return;
        var skip = line.Length > 5 && buffer[line.Start + 5] == ' ' ? 6 : 5;
        if (!_data.IsEmpty)
            _hasManyDataLines = true;
        else if (line.Length > skip)
            _data = new ByteRange(line.Start + skip, line.Length - skip);
    }
}

/// <summary>One server-sent event.</summary>
/// <param name="Whole">All its bytes, the closing empty line included.</param>
/// <param name="Data">The payload of its first <c>data</c> line; empty for comments and keep-alives.</param>
/// <param name="HasManyDataLines">The payload goes on in further lines, which no chat server does.</param>
public readonly record struct SseFrame(ByteRange Whole, ByteRange Data, bool HasManyDataLines);
