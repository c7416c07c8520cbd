using System.Buffers.Text;
using System.Text;

namespace Gateway.Bench.Load.Wire;

/// <summary>
/// Reads one HTTP/1.1 reply from pieces cut anywhere: status, headers, then a body with a length or in chunks. Allocates nothing once
/// built; the body is counted and, for streams, handed to a <see cref="SseTally"/>, never kept.
/// </summary>
public sealed class ReplyParser
{
    private const int MaxHeadBytes = 16 * 1024;

    private readonly byte[] _line = new byte[MaxHeadBytes];
    private int _lineLength;
    private Stage _stage;
    private long _remaining;
    private bool _chunked;
    private long _contentLength;

    private enum Stage
    {
        Head,
        Body,
        ChunkSize,
        ChunkBody,
        ChunkEnd,
        Trailer,
        Complete,
    }

    /// <summary>Where body bytes go besides being counted; null for a reply that is not a stream.</summary>
    public SseTally? Events { get; set; }

    /// <summary>The status code; 0 until the headers are complete.</summary>
    public int Status { get; private set; }

    /// <summary>Bytes of body so far, without the framing of chunks.</summary>
    public long BodyBytes { get; private set; }

    /// <summary>Whether the server announced that it closes the connection after this reply.</summary>
    public bool Closes { get; private set; }

    /// <summary>Whether the whole reply has been read.</summary>
    public bool IsComplete => _stage == Stage.Complete;

    /// <summary>Gets ready for the next reply on the same connection.</summary>
    public void Reset()
    {
        (_stage, _lineLength, _remaining, _chunked, _contentLength) = (Stage.Head, 0, 0, false, -1);
        (Status, BodyBytes, Closes) = (0, 0, false);
        Events?.Reset();
    }

    /// <summary>Takes the next piece.</summary>
    /// <exception cref="InvalidDataException">The bytes are not a reply this parser reads, or go on after its end.</exception>
    public void Feed(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = _stage switch
            {
                Stage.Head => TakeLine(bytes, "\r\n\r\n"u8),
                Stage.Body or Stage.ChunkBody => TakeBody(bytes),
                Stage.ChunkSize or Stage.ChunkEnd or Stage.Trailer => TakeLine(bytes, "\r\n"u8),
                _ => throw new InvalidDataException("bytes after the end of the reply"),
            };
        }
    }

    private ReadOnlySpan<byte> TakeBody(ReadOnlySpan<byte> bytes)
    {
        var taken = (int)Math.Min(bytes.Length, _remaining);
        Events?.Feed(bytes[..taken]);
        BodyBytes += taken;
        _remaining -= taken;
        if (_remaining == 0)
        {
            _stage = _stage == Stage.Body ? Stage.Complete : Stage.ChunkEnd;
        }

        return bytes[taken..];
    }

    private ReadOnlySpan<byte> TakeLine(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> terminator)
    {
        // Nothing held back and the end in sight, which is the rule: no copy.
        if (_lineLength == 0 && bytes.IndexOf(terminator) is >= 0 and var whole)
        {
            EndLine(bytes[..whole]);
            return bytes[(whole + terminator.Length)..];
        }

        var taken = Math.Min(bytes.Length, _line.Length - _lineLength);
        bytes[..taken].CopyTo(_line.AsSpan(_lineLength));
        var before = _lineLength;
        _lineLength += taken;
        var end = _line.AsSpan(0, _lineLength).IndexOf(terminator);
        if (end < 0)
        {
            return _lineLength < _line.Length ? default : throw new InvalidDataException("a header block of more than 16 KiB");
        }

        _lineLength = 0;
        EndLine(_line.AsSpan(0, end));
        return bytes[(end + terminator.Length - before)..];
    }

    private void EndLine(ReadOnlySpan<byte> line)
    {
        switch (_stage)
        {
            case Stage.Head:
                ReadHead(line);
                break;
            case Stage.ChunkSize:
                _remaining = ChunkLength(line);
                _stage = _remaining == 0 ? Stage.Trailer : Stage.ChunkBody;
                break;
            case Stage.ChunkEnd:
                _stage = line.IsEmpty ? Stage.ChunkSize : throw new InvalidDataException("a chunk longer than its announced length");
                break;
            default:
                _stage = line.IsEmpty ? Stage.Complete : Stage.Trailer;
                break;
        }
    }

    private static long ChunkLength(ReadOnlySpan<byte> line)
    {
        var extension = line.IndexOf((byte)';');
        var digits = extension < 0 ? line : line[..extension];
        return Utf8Parser.TryParse(digits, out long length, out var used, 'x') && used > 0 && length >= 0
            ? length
            : throw new InvalidDataException($"chunk length '{Encoding.ASCII.GetString(line)}'");
    }

    private void ReadHead(ReadOnlySpan<byte> head)
    {
        if (head.Length < 12 || !head.StartsWith("HTTP/1."u8) || !Utf8Parser.TryParse(head.Slice(9, 3), out int status, out _))
        {
            throw new InvalidDataException("no HTTP/1.1 status line");
        }

        for (var end = head.IndexOf("\r\n"u8); end >= 0; end = head.IndexOf("\r\n"u8))
        {
            head = head[(end + 2)..];
            var next = head.IndexOf("\r\n"u8);
            ReadHeader(next < 0 ? head : head[..next]);
        }

        if (status < 200)
        {
            return; // 100 Continue and its kind: the real head follows.
        }

        Status = status;
        (_stage, _remaining) = _chunked ? (Stage.ChunkSize, 0)
            : _contentLength == 0 || status is 204 or 304 ? (Stage.Complete, 0)
            : _contentLength > 0 ? (Stage.Body, _contentLength)
            : throw new InvalidDataException("a body that only ends with the connection");
    }

    private void ReadHeader(ReadOnlySpan<byte> line)
    {
        var colon = line.IndexOf((byte)':');
        if (colon < 0)
        {
            return;
        }

        var value = line[(colon + 1)..].Trim((byte)' ');
        switch (colon)
        {
            case 14 when Ascii.EqualsIgnoreCase(line[..colon], "content-length"u8):
                _contentLength = Utf8Parser.TryParse(value, out long length, out _) ? length : -1;
                break;
            case 17 when Ascii.EqualsIgnoreCase(line[..colon], "transfer-encoding"u8):
                _chunked = Ascii.EqualsIgnoreCase(value, "chunked"u8);
                break;
            case 10 when Ascii.EqualsIgnoreCase(line[..colon], "connection"u8):
                Closes = Ascii.EqualsIgnoreCase(value, "close"u8);
                break;
        }
    }
}
