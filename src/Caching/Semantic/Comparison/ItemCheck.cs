namespace Gateway.Caching.Semantic.Comparison;

/// <summary>Looks for content of one ask that has no counterpart in the other.</summary>
internal static class ItemCheck
{
    // "One" is no number as often as it is.
    private static readonly ulong One = NumberReader.Key(1);

    public static AskDifference? Find(List<AskItem> items, List<AskItem> others)
    {
        var keys = Keys(items);
        var otherKeys = Keys(others);
        var alone = Alone(items, otherKeys, out var isOptional);
        var otherAlone = Alone(others, keys, out var isOtherOptional);
        if (alone is { } item && otherAlone is { } counter && WordList.AreOpposites(item.Stem, counter.Stem))
            return AskDifference.Opposite;
        if ((alone ?? otherAlone) is { } single)
            return Of(single.Kind);
        // Each may leave out a word such as "city", but they may not say two such words.
        if (isOptional && isOtherOptional)
            return AskDifference.Word;
        return Numbers(items) == Numbers(others) ? null : AskDifference.Number;
    }

    private static HashSet<ulong> Keys(List<AskItem> items)
    {
        var keys = new HashSet<ulong>(items.Count);
        foreach (var item in items)
            keys.Add(item.Key);
        return keys;
    }

    // The first item without counterpart, a word last: numbers and names say more.
    private static AskItem? Alone(List<AskItem> items, HashSet<ulong> others, out bool isOptional)
    {
        AskItem? first = null;
        isOptional = false;
        foreach (var item in items)
        {
            if (others.Contains(item.Key))
                continue;
            if (item.IsOptional)
                isOptional = true;
            else if (first is null || (first.Value.Kind == ItemKind.Word && item.Kind != ItemKind.Word))
                first = item;
        }
        return first;
    }

    // "5 of 5" and "5 of 10 and 10" have the same numbers, but not as often. The order does not count.
    private static ulong Numbers(List<AskItem> items)
    {
        var sum = 0UL;
        foreach (var item in items)
        {
            if (item.Kind == ItemKind.Number && item.Key != One)
                sum += item.Key;
        }
        return sum;
    }

    private static AskDifference Of(ItemKind kind) => kind switch
    {
        ItemKind.Number => AskDifference.Number,
        ItemKind.Unit => AskDifference.Unit,
        ItemKind.Identifier => AskDifference.Identifier,
        ItemKind.Quotation => AskDifference.Quotation,
        ItemKind.Name => AskDifference.Name,
        ItemKind.Form => AskDifference.Form,
        _ => AskDifference.Word,
    };
}
