using System.Text;
using Gateway.Guardrails.Pii.Reading;

namespace Gateway.Guardrails.Pii.Identity;

/// <summary>Names of months, and what they are shortened to.</summary>
internal static class MonthNames
{
    /// <summary>The longest, in bytes.</summary>
    public const int Longest = 12;

    private static readonly byte[][]?[] ByFirst = ByFirstByte(
        (
            "january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec " +
            "januar februar märz april mai juni juli august september oktober november dezember " +
            "janvier février mars avril mai juin juillet août septembre octobre novembre décembre " +
            "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre " +
            "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre " +
            "janeiro fevereiro março maio junho julho setembro outubro dezembro").Split(' '));

    public static bool Contains(ReadOnlySpan<byte> word) => Any(word, whole: true);

    /// <summary>Whether a name begins so.</summary>
    public static bool MayBegin(ReadOnlySpan<byte> word) => Any(word, whole: false);

    private static bool Any(ReadOnlySpan<byte> word, bool whole)
    {
        if (word.IsEmpty || word.Length > Longest)
            return false;
        foreach (var name in ByFirst[Letters.Lower(word[0])] ?? [])
        {
            if ((whole ? name.Length == word.Length : name.Length >= word.Length) && SameLetters(name, word))
                return true;
        }

        return false;
    }

    private static byte[][]?[] ByFirstByte(string[] names)
    {
        var byFirst = new byte[][]?[256];
        foreach (var sameFirst in names.Select(Encoding.UTF8.GetBytes).GroupBy(static name => name[0]))
            byFirst[sameFirst.Key] = [.. sameFirst];
        return byFirst;
    }

    private static bool SameLetters(ReadOnlySpan<byte> name, ReadOnlySpan<byte> word)
    {
        for (var i = 0; i < word.Length; i++)
        {
            if (name[i] != Letters.Lower(word[i]))
                return false;
        }

        return true;
    }
}
