using System.Buffers.Text;

namespace Gateway.Protocol;

/// <summary>Where the growing counts stand in the usage that each chunk of a stream carries when it is asked for (<c>continuous_usage_stats</c>).</summary>
/// <remarks>Two numbers change from chunk to chunk, <c>completion_tokens</c> and <c>total_tokens</c>; everything else must stand as it stood.</remarks>
internal readonly struct UsageTemplate
{
    private readonly ByteRange _first;
    private readonly ByteRange _second;
    private readonly bool _isCompletionFirst;
    private readonly ByteRange _member;

    private UsageTemplate(ByteRange completion, ByteRange total, ByteRange member)
    {
        _isCompletionFirst = completion.Start < total.Start;
        (_first, _second, _member) = (_isCompletionFirst ? completion : total, _isCompletionFirst ? total : completion, member);
    }

    /// <summary>Finds the numbers in what follows a chunk's text.</summary>
    /// <param name="after">The payload from the end of its text on.</param>
    /// <param name="chunk">What was read out of the payload; it has usage.</param>
    /// <param name="template">Set when both numbers stand there, once each.</param>
    public static bool TryLearn(ReadOnlySpan<byte> after, Chunk chunk, out UsageTemplate template)
    {
        template = default;
        var member = new ByteRange(chunk.UsageMember.Start - chunk.Text.End, chunk.UsageMember.Length);
        if (member.Start < 0)
            return false;
        var completion = NumberOf("\"completion_tokens\":"u8, after, member);
        var total = NumberOf("\"total_tokens\":"u8, after, member);
        if (completion.IsEmpty || total.IsEmpty)
            return false;
        template = new UsageTemplate(completion, total, member);
        return template.TryRead(after, after, 0, chunk.Usage!.Value, out var read, out _) && read == chunk.Usage;
    }

    /// <summary>Reads what follows another chunk's text.</summary>
    /// <param name="after">The payload from the end of its text on.</param>
    /// <param name="learned">The same of the chunk that was learned.</param>
    /// <param name="at">Where <paramref name="after"/> begins in its payload.</param>
    /// <param name="before">The usage of the chunk that was learned.</param>
    /// <param name="usage">The counts.</param>
    /// <param name="member">Where the member stands in the payload.</param>
    public bool TryRead(
        ReadOnlySpan<byte> after, ReadOnlySpan<byte> learned, int at, Usage before, out Usage usage, out ByteRange member)
    {
        (usage, member) = (default, default);
        var left = after;
        if (!TryTake(ref left, learned[.._first.Start], out var first)
            || !TryTake(ref left, learned[_first.End.._second.Start], out var second)
            || !left.SequenceEqual(learned[_second.End..]))
            return false;
        usage = before with { Completion = _isCompletionFirst ? first : second };
        member = new ByteRange(at + _member.Start, _member.Length + after.Length - learned.Length);
        return true;
    }

    /// <summary>Takes bytes that must stand there, and the number behind them.</summary>
    private static bool TryTake(ref ReadOnlySpan<byte> left, ReadOnlySpan<byte> fixedPart, out int number)
    {
        number = 0;
        if (!left.StartsWith(fixedPart) || !Utf8Parser.TryParse(left[fixedPart.Length..], out number, out var digits)
            || left[fixedPart.Length] is < (byte)'0' or > (byte)'9' || (left[fixedPart.Length] == '0' && digits > 1))
            return false;
        left = left[(fixedPart.Length + digits)..];
        return true;
    }

    private static ByteRange NumberOf(ReadOnlySpan<byte> name, ReadOnlySpan<byte> after, ByteRange member)
    {
        var usage = member.In(after);
        var at = usage.IndexOf(name);
        if (at < 0 || usage[(at + 1)..].IndexOf(name) >= 0)
            return default;
        var start = at + name.Length;
        var length = usage[start..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return length > 0 ? new ByteRange(member.Start + start, length) : default;
    }
}
