using Gateway.Guardrails.Content.Blocklist;

namespace Gateway.Guardrails.Content;

/// <summary>Finds words and topics that are not wanted, with the topic's label; the finding covers the term as it is written.</summary>
/// <remarks>
/// <para>
/// Terms are found as whole words whatever their case, width, composition and invisible characters in them (<see cref="Folding"/>); a hyphen,
/// an underscore and blanks are the same. In scripts that put no blanks between words, such as Han, Kana and Thai, they are found anywhere;
/// in Korean, particles may follow. A term of one word is found too where its letters stand apart, <c>b a d</c> or <c>b.a.d</c>.
/// </para>
/// <para>
/// A topic of several terms counts from the place on where so many different ones have ended within <see cref="TopicCounts.Span"/> bytes; terms before that
/// place are not found. A stream is held back while the beginning of a term may become one.
/// </para>
/// </remarks>
public sealed class BlocklistGuard : IGuard
{
    /// <summary>What tells whether a word begins: the character before it, and as many invisible ones between as are looked through.</summary>
    private const int BoundaryBytes = 4 * (TermScan.MostIgnored + 4);

    private readonly TermList _list;

    /// <exception cref="FormatException">A term has nothing to look for, or is too long; says which.</exception>
    public BlocklistGuard(IReadOnlyList<BlockedTopic> topics)
    {
        _list = new TermList(topics);
        Lookbehind = BoundaryBytes + (topics.Any(topic => topic.AtLeast > 1) ? TopicCounts.Span + _list.MostBytes : 0);
    }

    public int Lookbehind { get; }

    public int Inspect(ReadOnlySpan<byte> text, in Passage passage, Findings found)
    {
        Span<long> starts = stackalloc long[TermList.MostSymbols];
        var count = found.Count;
        var open = new TermScan(_list, text, passage, found, starts).Run();
        if (found.Count > count)
            open = Settle(found, count, open);
        return Math.Max(open, passage.Context);
    }

    /// <summary>By place, and without a term that may turn out to be the beginning of a longer one; it is found again with what follows.</summary>
    private static int Settle(Findings found, int from, int open)
    {
        var all = found.All.ToArray();
        for (var i = all.Length - 1; i >= from; i--)
            i = all[i].End > open && all[i].Start < open ? Reopen(all[i].Start, ref open, all.Length) : i;
        found.Clear();
        for (var i = 0; i < all.Length; i++)
        {
            if (i < from || all[i].End <= open)
                found.Add(all[i]);
        }

        found.Sort();
        return open;
    }

    /// <summary>What ends behind the new place is to be looked at once more.</summary>
    private static int Reopen(int start, ref int open, int again)
    {
        open = start;
        return again;
    }
}
