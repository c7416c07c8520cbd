using System.Collections.Frozen;

namespace Gateway.Routing.Languages;

/// <summary>Counts the commonest words of four languages written in Latin letters.</summary>
internal struct WordVotes
{
    /// <summary>Letters of the longest word below.</summary>
    public const int LongestWord = 8;

    private static readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> CommonWords = Read(
        "the of and to is in that for it what how with this are you can please write give was not my from on be",
        "el la los las que por para con una como es en del no está qué cómo cuál este esta pero más mi su al lo",
        "der die das und ist nicht ein eine wie was ich du mit für auf den dem zu von im bitte kann wird sind auch",
        "le la les des est une et que pour dans pas qui comment vous je ce cette sur avec quel quelle du au sont mais");

    private static readonly string[] Names = ["en", "es", "de", "fr"];

    private (int En, int Es, int De, int Fr) _votes;

    /// <summary>The language with most votes; <see cref="Language.Unknown"/> when there is none, or a tie.</summary>
    public readonly string Winner
    {
        get
        {
            ReadOnlySpan<int> votes = [_votes.En, _votes.Es, _votes.De, _votes.Fr];
            var (best, isTie) = (0, false);
            for (var i = 1; i < votes.Length; i++)
            {
                isTie = votes[i] == votes[best] || isTie && votes[i] < votes[best];
                best = votes[i] > votes[best] ? i : best;
            }

            return votes[best] == 0 || isTie ? Language.Unknown : Names[best];
        }
    }

    /// <param name="word">Lower-case letters.</param>
    /// <param name="length">How many the word has, also beyond the span.</param>
    public void Add(ReadOnlySpan<char> word, int length)
    {
        if (length == 0 || length > word.Length || !CommonWords.TryGetValue(word[..length], out var mask))
            return;
        _votes.En += mask & 1;
        _votes.Es += (mask >> 1) & 1;
        _votes.De += (mask >> 2) & 1;
        _votes.Fr += (mask >> 3) & 1;
    }

    /// <summary>Each word with a bit for each language that has it.</summary>
    private static FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> Read(params string[] languages)
    {
        var masks = new Dictionary<string, int>();
        for (var i = 0; i < languages.Length; i++)
        {
            foreach (var word in languages[i].Split(' '))
                masks[word] = masks.GetValueOrDefault(word) | (1 << i);
        }

        return masks.ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
    }
}
