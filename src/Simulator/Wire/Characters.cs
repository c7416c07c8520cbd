namespace Gateway.Simulator.Wire;

/// <summary>Holds back the bytes of a character until it is whole.</summary>
internal struct Characters
{
    private uint _held;
    private int _count;

    /// <summary>Adds a token's bytes; returns the text that is now whole, in <paramref name="room"/> or as it came.</summary>
    public ReadOnlySpan<byte> Take(ReadOnlySpan<byte> token, Span<byte> room)
    {
        var text = token;
        if (_count > 0)
        {
            for (var i = 0; i < _count; i++) room[i] = (byte)(_held >> 8 * i);
            token.CopyTo(room[_count..]);
            text = room[..(_count + token.Length)];
        }
        var open = OpenBytes(text);
        _count = open;
        _held = 0;
        for (var i = 0; i < open; i++) _held |= (uint)text[text.Length - open + i] << 8 * i;
        return text[..^open];
    }

    /// <summary>Bytes at the end that begin a character but do not finish it.</summary>
    private static int OpenBytes(ReadOnlySpan<byte> text)
    {
        for (var back = 1; back <= 3 && back <= text.Length; back++)
        {
            var value = text[^back];
            if (value < 0x80) return 0;
            if (value < 0xC0) continue;
            var needs = value >= 0xF0 ? 4 : value >= 0xE0 ? 3 : 2;
            return back < needs ? back : 0;
        }
        return 0;
    }
}
