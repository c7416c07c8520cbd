using Gateway.Guardrails.Pii.Reading;

namespace Gateway.Guardrails.Pii.Identity;

/// <summary>Recognises numbers that are known by how they are written, by a check of their digits, and where those are weak by a word before them.</summary>
/// <param name="label">The kind.</param>
/// <param name="check">Whether the digits are right.</param>
/// <param name="cues">The words before it.</param>
/// <param name="forms">How it is written.</param>
internal sealed class CheckedNumber(string label, NumberCheck check, Cues cues, params Form[] forms) : IPiiRecognizer
{
    public string Label => label;

    public uint Beginnings { get; } = forms.Aggregate(0u, static (all, form) => all | form.Beginnings);

    public int Read(ref Cursor cursor, in Word word)
    {
        Span<byte> letters = stackalloc byte[Form.Most];
        var (announced, touched) = ((bool?)null, cursor.Touched);
        foreach (var form in forms)
        {
            cursor.Touched = false;
            var end = form.Read(ref cursor, word, letters);
            if (end < 0 && !cursor.Touched)
                continue;
            // Whether it was announced is known already: without that, what follows makes no difference.
            if (!form.Speaks(word) && !(announced ??= cues.Announce(cursor, word.Start)))
                continue;
            touched |= cursor.Touched;
            if (end >= 0 && check(letters[..form.Count]) && Closes(ref cursor, word, end, ref touched))
            {
                cursor.Touched = touched;
                return end;
            }
        }

        cursor.Touched = touched;
        return -1;
    }

    private static bool Closes(ref Cursor cursor, in Word word, int end, ref bool touched)
    {
        var closes = cursor.Ends(end) && (!word.IsSpaced || cursor.EndsApart(end));
        touched |= cursor.Touched;
        return closes;
    }
}

/// <summary>Whether digits and letters, without what stands between them, are a number of some kind.</summary>
internal delegate bool NumberCheck(ReadOnlySpan<byte> letters);
