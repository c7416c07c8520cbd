using System.Buffers;
using System.Collections.Frozen;
using System.Text;

namespace Gateway.Guardrails.Content.Blocklist;

/// <summary>Whether what follows a noun of Korean, without a blank, belongs to the sentence rather than to the word.</summary>
internal static class KoreanParticles
{
    /// <summary>Syllables of the longest run of particles, as in 들에게서까지는.</summary>
    private const int Most = 7;

    private const int LongestParticle = 4;

    /// <summary>Particles of case and topic, endings of the copula, and the forms of 하다 and 되다 that make a verb of a noun.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Particles =
        ("은 는 이 가 을 를 에 의 로 와 과 도 만 들 님 께 야 아 랑 나 요 고 며 면 "
        + "에서 에게 한테 께서 으로 부터 까지 보다 처럼 마다 조차 마저 밖에 이나 이랑 서 하고 라도 라는 이라 이라는 라고 이라고 "
        + "이다 다 이야 이며 이고 이면 인 일 임 인데 "
        + "입니다 입니까 이에요 예요 이었 였 하다 하는 하고 하면 하게 하지 하기 하려 하자 한 할 함 해 해서 해요 해라 했 했다 합니다 하세요 했어 "
        + "되다 된 될 되는 됐 됩니다 같은 적 적인")
        .Split(' ').ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether only particles follow up to the end of the word; null when the text ends before that is clear.</summary>
    public static bool? Follow(ReadOnlySpan<byte> text, int at, bool isEnd)
    {
        Span<char> word = stackalloc char[Most];
        var length = 0;
        while (true)
        {
            var status = Rune.DecodeFromUtf8(text[at..], out var rune, out var size);
            if (status == OperationStatus.NeedMoreData && !isEnd)
                return null;
            if (status != OperationStatus.Done || !Rune.IsLetter(rune) || rune.Value is < 0xAC00 or > 0xD7A3)
                return status == OperationStatus.Done && CharKind(rune) is SymbolKind.Mark ? false : Split(word[..length]);
            if (length == Most)
                return false;
            word[length++] = (char)rune.Value;
            at += size;
        }
    }

    private static SymbolKind CharKind(Rune rune)
    {
        Span<int> symbols = stackalloc int[Folding.MostSymbols];
        _ = Folding.Fold(rune.Value, symbols);
        return Folding.KindOf(symbols[0]);
    }

    /// <summary>Whether particles make up the whole; which beginnings they make up is known place by place.</summary>
    private static bool Split(ReadOnlySpan<char> word)
    {
        Span<bool> isMadeUp = stackalloc bool[Most + 1];
        isMadeUp[0] = true;
        for (var end = 1; end <= word.Length; end++)
        {
            for (var start = Math.Max(0, end - LongestParticle); start < end && !isMadeUp[end]; start++)
                isMadeUp[end] = isMadeUp[start] && Particles.Contains(word[start..end]);
        }

        return isMadeUp[word.Length];
    }
}
