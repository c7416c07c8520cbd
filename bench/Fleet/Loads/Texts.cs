namespace Gateway.Bench.Fleet.Loads;

/// <summary>Texts as token ids drawn by chance.</summary>
internal static class Texts
{
    private const int Vocabulary = 150_000;

    public static int[] Append(ReadOnlySpan<int> text, int more, Random chance)
    {
        var longer = new int[text.Length + more];
        text.CopyTo(longer);
        for (var i = text.Length; i < longer.Length; i++)
            longer[i] = chance.Next(Vocabulary);
        return longer;
    }

    /// <summary>So many texts of so many tokens.</summary>
    public static int[][] Many(int count, int tokens, Random chance)
    {
        var texts = new int[count][];
        for (var i = 0; i < count; i++)
            texts[i] = Append([], tokens, chance);
        return texts;
    }
}
