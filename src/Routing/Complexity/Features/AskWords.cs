using System.Text;

namespace Gateway.Routing.Complexity.Features;

/// <summary>The words and word pairs of a text with their grams: what an explanation shows, and no request path needs.</summary>
public static class AskWords
{
    /// <param name="text">UTF-8.</param>
    public static IReadOnlyList<(string Text, int Gram)> Read(ReadOnlySpan<byte> text)
    {
        var words = new List<(string Text, int Gram)>();
        var (word, hash) = (new StringBuilder(), Grams.EmptyWord);
        (string Text, uint Hash)? previous = null;
        foreach (var rune in Encoding.UTF8.GetString(text).EnumerateRunes())
        {
            var kind = Characters.ClassOf(rune);
            var isPart = (kind & (CharacterClass.Letter | CharacterClass.Digit)) != 0;
            var isAlone = (kind & CharacterClass.Alone) != 0;
            if (!isPart || isAlone)
                End();
            if (!isPart)
                continue;
            var lower = Rune.ToLowerInvariant(rune);
            word.Append(lower.ToString());
            hash = Grams.Extend(hash, (uint)lower.Value);
            if (isAlone)
                End();
        }

        End();
        return words;

        void End()
        {
            if (word.Length == 0)
                return;
            words.Add((word.ToString(), Grams.WordBucket(hash)));
            if (previous is { } before)
                words.Add(($"{before.Text} {word}", Grams.WordBucket(Grams.PairOf(before.Hash, hash))));
            previous = (word.ToString(), hash);
            word.Clear();
            hash = Grams.EmptyWord;
        }
    }
}
