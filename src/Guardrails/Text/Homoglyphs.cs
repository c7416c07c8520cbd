using System.Text;

namespace Gateway.Guardrails.Text;

/// <summary>Puts Latin letters in the place of characters that are drawn like them.</summary>
/// <remarks>
/// The Cyrillic and Greek pairs are those of Unicode's confusables (UTS #39) whose prototype is a single Latin letter; full-width forms and
/// the alphabets of mathematics follow from Unicode's own order of them (blocks FF00 and 1D400).
/// </remarks>
public static class Homoglyphs
{
    private const string Drawn = "аеорсухіјѕһԁԛԝӏьАВЕКМНОРСТХУІЈЅԌΑΒΕΖΗΙΚΜΝΟΡΤΥΧαινορτυχγκϲϳɑɡıℓⅼⅰ";
    private const string Latin = "aeopcyxijshdqwlbABEKMHOPCTXYIJSGABEZHIKMNOPTYXaivoptuxykcjagilli";

    /// <summary>Folds a text. It never becomes longer.</summary>
    /// <param name="text">UTF-8; what is none stays as it is.</param>
    /// <param name="into">Room for as many bytes.</param>
    /// <returns>The bytes written.</returns>
    public static int Fold(ReadOnlySpan<byte> text, Span<byte> into)
    {
        var count = 0;
        while (!text.IsEmpty)
        {
            if (text[0] < 0x80)
            {
                into[count++] = text[0];
                text = text[1..];
                continue;
            }

            Rune.DecodeFromUtf8(text, out var rune, out var width);
            if (Letter(rune.Value) is var letter and not '\0')
            {
                into[count++] = (byte)letter;
            }
            else
            {
                text[..width].CopyTo(into[count..]);
                count += width;
            }

            text = text[width..];
        }

        return count;
    }

    private static char Letter(int rune)
    {
        if (rune is >= 0xFF01 and <= 0xFF5E)
            return (char)(rune - 0xFF01 + '!');
        // Thirteen alphabets of 52 letters, then Greek, then five rows of digits.
        if (rune is >= 0x1D400 and < 0x1D6A4)
            return (rune - 0x1D400) % 52 is var place && place < 26 ? (char)('A' + place) : (char)('a' + place - 26);
        if (rune is >= 0x1D7CE and <= 0x1D7FF)
            return (char)('0' + ((rune - 0x1D7CE) % 10));
        return rune < 0xFFFF && Drawn.IndexOf((char)rune) is var at and >= 0 ? Latin[at] : '\0';
    }
}
