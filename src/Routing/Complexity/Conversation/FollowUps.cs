using System.Collections.Frozen;

namespace Gateway.Routing.Complexity.Conversation;

/// <summary>Tells an ask that goes on with an earlier one ("yes, do it", "and for Postgres?") from one that stands for itself.</summary>
/// <remarks>
/// Decided by words, for asks short enough to need a conversation around them. Greetings, thanks and short questions with a
/// subject of their own ("what is the capital of France?") stand for themselves.
/// </remarks>
public static class FollowUps
{
    /// <summary>Longest follow-up, in words: "and what about the same query on a table without the index?" has twelve.</summary>
    private const int MostWords = 12;

    /// <summary>Longest ask in which a pronoun alone is a reference back.</summary>
    private const int MostWordsWithPointer = 7;

    /// <summary>Longest follow-up in a script without spaces, in characters.</summary>
    private const int MostUnspaced = 24;

    /// <summary>Longest ask that only gives thanks: "ok, thank you very much".</summary>
    private const int MostWordsOfThanks = 5;

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Thanks = Lookup(FollowUpPhrases.Thanks);
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Echoes = Lookup(FollowUpPhrases.Echoes);
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Pointers = Lookup(FollowUpPhrases.Pointers);
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Edges = Lookup(FollowUpPhrases.Edges);

    /// <summary>Whether the ask, had there been one before it, goes on with that.</summary>
    /// <param name="ask">What the person wrote, UTF-8.</param>
    public static bool Is(ReadOnlySpan<byte> ask)
    {
        if (ask.Length > ShortAsk.MostBytes)
            return false;
        Span<char> letters = stackalloc char[ShortAsk.MostBytes];
        var said = new ShortAsk(ask, letters);
        if (said.Words == 0 || said.Words > MostWords)
            return false;
        if (GivesThanks(said))
            return false;
        return IsEcho(said) || Opens(said) || PointsBack(said) || (said.IsUnspaced && GoesOnUnspaced(said.Text)) || IsElliptic(said);
    }

    private static bool GivesThanks(ShortAsk said)
    {
        if (said.Words > MostWordsOfThanks)
            return false;
        foreach (var word in said.Text.Split(' '))
        {
            if (Thanks.Contains(said.Text[word]))
                return true;
        }

        return false;
    }

    private static bool IsEcho(ShortAsk said)
    {
        foreach (var word in said.Text.Split(' '))
        {
            if (!Echoes.Contains(said.Text[word]))
                return false;
        }

        return true;
    }

    private static bool Opens(ShortAsk said)
    {
        foreach (var opening in FollowUpPhrases.Openings)
        {
            if (said.Text.StartsWith(opening, StringComparison.Ordinal)
                && (said.Text.Length == opening.Length || said.Text[opening.Length] == ' '))
                return true;
        }

        return false;
    }

    private static bool PointsBack(ShortAsk said)
    {
        if (said.Words > MostWordsWithPointer)
            return false;
        var at = 0;
        foreach (var range in said.Text.Split(' '))
        {
            var word = said.Text[range];
            if (Pointers.Contains(word) || ((at == 0 || at == said.Words - 1) && Edges.Contains(word)))
                return true;
            at++;
        }

        return false;
    }

    private static bool GoesOnUnspaced(ReadOnlySpan<char> text)
    {
        if (text.Length > MostUnspaced)
            return false;
        foreach (var opening in FollowUpPhrases.UnspacedOpenings)
        {
            if (text.StartsWith(opening, StringComparison.Ordinal))
                return true;
        }

        foreach (var ending in FollowUpPhrases.UnspacedEndings)
        {
            if (text.EndsWith(ending, StringComparison.Ordinal))
                return true;
        }

        foreach (var pointer in FollowUpPhrases.UnspacedPointers)
        {
            if (text.Contains(pointer, StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    /// <summary>One word and a particle: what holds for it, given all that was said.</summary>
    private static bool IsElliptic(ShortAsk said)
    {
        if (said.Words > 1 || !said.IsQuestion || !said.IsUnspaced || said.Text.Length > MostUnspaced || said.Text.Contains('の'))
            return false;
        foreach (var particle in FollowUpPhrases.TopicParticles)
        {
            if (said.Text.EndsWith(particle, StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    private static FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Lookup(string[] words) =>
        words.ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
}
