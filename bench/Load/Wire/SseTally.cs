namespace Gateway.Bench.Load.Wire;

/// <summary>
/// Counts the server-sent events in a body that arrives in pieces, cut anywhere. Knows only what a load driver must know: how many
/// data frames came, whether the last was <c>[DONE]</c>, whether one carried an error. Comments (heartbeats) are not counted.
/// </summary>
public sealed class SseTally
{
    private readonly byte[] _head = new byte[16];
    private int _headLength;
    private bool _lineEnded;

    /// <summary>Data frames complete so far, <c>[DONE]</c> not among them.</summary>
    public int Frames { get; private set; }

    /// <summary>Whether <c>data: [DONE]</c> came: its absence proves a cut.</summary>
    public bool Done { get; private set; }

    /// <summary>Whether a frame began with <c>{"error"</c>.</summary>
    public bool Failed { get; private set; }

    /// <summary>Forgets the last body.</summary>
    public void Reset()
    {
        (Frames, Done, Failed) = (0, false, false);
        (_headLength, _lineEnded) = (0, false);
    }

    /// <summary>Takes the next piece of the body.</summary>
    public void Feed(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return;
        }

        if (_lineEnded && bytes[0] == (byte)'\n')
        {
            EndFrame();
            bytes = bytes[1..];
        }

        while (!bytes.IsEmpty)
        {
            var end = bytes.IndexOf("\n\n"u8);
            KeepHead(end < 0 ? bytes : bytes[..end]);
            if (end < 0)
            {
                _lineEnded = bytes[^1] == (byte)'\n';
                return;
            }

            EndFrame();
            bytes = bytes[(end + 2)..];
        }
    }

    private void KeepHead(ReadOnlySpan<byte> bytes)
    {
        if (_headLength < _head.Length)
        {
            var taken = Math.Min(bytes.Length, _head.Length - _headLength);
            bytes[..taken].CopyTo(_head.AsSpan(_headLength));
            _headLength += taken;
        }
    }

    private void EndFrame()
    {
        var head = _head.AsSpan(0, _headLength);
        if (head.StartsWith("data: [DONE]"u8))
        {
            Done = true;
        }
        else if (head.StartsWith("data:"u8))
        {
            Frames++;
            Failed |= head.StartsWith("data: {\"error\""u8);
        }

        (_headLength, _lineEnded) = (0, false);
    }
}
