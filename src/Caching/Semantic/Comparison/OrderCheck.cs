namespace Gateway.Caching.Semantic.Comparison;

/// <summary>Finds two words that change places: "to X from Y" and "to Y from X", "does A beat B" and "does B beat A".</summary>
internal static class OrderCheck
{
    // Pairs are looked at one by one, so only so many items are.
    private const int Most = 48;

    /// <summary>Whether some two items change places between the readings.</summary>
    public static bool IsTurned(AskReading ask, AskReading other)
    {
        Span<int> places = stackalloc int[Most];
        var items = ask.Items;
        var count = Math.Min(Most, items.Count);
        for (var i = 0; i < count; i++)
            places[i] = IndexOf(items, items[i].Key) == i ? IndexOf(other.Items, items[i].Key) : -1;
        for (var x = 0; x < count; x++)
        {
            for (var y = x + 1; y < count; y++)
            {
                if (places[x] >= 0 && places[y] >= 0 && IsTurned(items, x, y, other.Items, places[x], places[y], places[..count]))
                    return true;
            }
        }
        return false;
    }

    private static bool IsTurned(List<AskItem> items, int x, int y, List<AskItem> others, int otherX, int otherY, ReadOnlySpan<int> places)
    {
        var (a, b) = (items[x].Role, items[y].Role);
        var (c, d) = (others[otherX].Role, others[otherY].Role);
        if (a != b && a == d && b == c)
            return true;
        var isInverted = otherX > otherY;
        // Passive: what does it comes after "by", so it changes places.
        if (!isInverted && a == c && a == Preposition.None && (b == Preposition.By) != (d == Preposition.By) && (b == Preposition.None || d == Preposition.None))
            return HasPivot(x, y, otherX, otherY, places);
        return isInverted && a == c && b == d && a == b && !IsList(items, x, y) && HasPivot(x, y, otherY, otherX, places);
    }

    // A word that is between the two in both.
    private static bool HasPivot(int from, int to, int otherFrom, int otherTo, ReadOnlySpan<int> places)
    {
        for (var i = from + 1; i < to; i++)
        {
            if (places[i] > otherFrom && places[i] < otherTo)
                return true;
        }
        return false;
    }

    private static bool IsList(List<AskItem> items, int from, int to)
    {
        for (var i = from + 1; i <= to; i++)
        {
            if (!items[i].IsJoined)
                return false;
        }
        return true;
    }

    private static int IndexOf(List<AskItem> items, ulong key)
    {
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i].Key == key)
                return i;
        }
        return -1;
    }
}
