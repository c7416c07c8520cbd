using System.Buffers;

namespace Gateway.Guardrails.Secrets;

/// <summary>A text, or a stream's window, as the forms of secrets look at it.</summary>
internal readonly ref struct SeenText(ReadOnlySpan<byte> utf8, in Passage passage)
{
    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Utf8 { get; } = utf8;

    /// <summary>Bytes at the beginning that were judged before.</summary>
    public int Context { get; } = passage.Context;

    /// <summary>Nothing follows.</summary>
    public bool IsEnd { get; } = passage.IsEnd;

    /// <summary>What comes before the first byte is known to exist, but is not shown.</summary>
    public bool IsCut { get; } = passage is { Context: > 0, Before: > 0 };

    /// <summary>Whether a key can begin at a place: no ASCII letter, digit or underscore stands before it, unless that is of an escape as <c>\n</c>.</summary>
    public bool BeginsWord(int at)
    {
        if (at == 0)
            return !IsCut;
        var before = Utf8[at - 1];
        return !KeyAlphabet.IsWord(before) || (before is (byte)'n' or (byte)'r' or (byte)'t' && at > 1 && Utf8[at - 2] == '\\');
    }

    /// <summary>The end of the run of some bytes that begins at a place, looking at <paramref name="most"/> bytes.</summary>
    public int RunEnd(int at, SearchValues<byte> alphabet, int most)
    {
        var run = Utf8.Slice(at, Math.Min(most, Utf8.Length - at));
        var length = run.IndexOfAnyExcept(alphabet);
        return at + (length < 0 ? run.Length : length);
    }

    /// <summary>Whether more text could go on with what reaches to a place.</summary>
    public bool MayGoOn(int end) => end == Utf8.Length && !IsEnd;

    /// <summary>The place of the first byte from one on that is no blank, looking at a few.</summary>
    public int SkipBlanks(int at)
    {
        const int most = 24;
        for (var i = 0; i < most && at < Utf8.Length && Utf8[at] is (byte)' ' or (byte)'\t'; i++)
            at++;
        return at;
    }
}
