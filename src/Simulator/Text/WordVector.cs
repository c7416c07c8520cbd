namespace Gateway.Simulator.Text;

/// <summary>A text as the normalized sum of a pseudo-random vector per word.</summary>
internal static class WordVector
{
    public static float[] Of(ReadOnlySpan<byte> text, int dimensions)
    {
        var vector = new float[dimensions];
        var words = 0;
        while (!text.IsEmpty)
        {
            var end = 0;
            while (end < text.Length && !IsBreak(text[end])) end++;
            if (end > 0)
            {
                Add(vector, Chance.Hash(text[..end], 0));
                words++;
            }
            text = text[Math.Min(end + 1, text.Length)..];
        }
        if (words == 0) Add(vector, 0);
        var length = MathF.Sqrt(vector.Sum(x => x * x));
        for (var i = 0; i < dimensions; i++) vector[i] /= length;
        return vector;
    }

    private static bool IsBreak(byte value) => value < 0x80 && !char.IsAsciiLetterOrDigit((char)value);

    private static void Add(float[] vector, ulong word)
    {
        for (var i = 0; i < vector.Length; i++) vector[i] += (float)(Chance.Unit(word, i) * 2 - 1);
    }
}
