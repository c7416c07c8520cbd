namespace Gateway.Routing.Cascade.Confidence;

/// <summary>How an answer looks, whatever it says: figures that differ between answers that are right and answers that are not.</summary>
public static class AnswerShape
{
    /// <summary>The features' names, in the order of <see cref="Read"/>.</summary>
    public static readonly IReadOnlyList<string> Names =
        ["log_bytes", "log_lines", "digits", "capitals", "marks", "spaces", "beyond_ascii", "fences", "questions", "closed", "same_words", "longest_run"];

    /// <summary>Words remembered to see which come again: one bit each in a table of this many.</summary>
    private const int Words = 4096;

    /// <summary>Reads the features of a whole answer's text.</summary>
    /// <param name="text">UTF-8.</param>
    /// <param name="features">As long as <see cref="Names"/>.</param>
    public static void Read(ReadOnlySpan<byte> text, Span<double> features)
    {
        text = text.Trim(" \t\r\n"u8);
        Span<ulong> seen = stackalloc ulong[Words / 64];
        var count = default(Counts);
        var word = 2166136261u;
        for (var i = 0; i <= text.Length; i++)
        {
            var letter = i < text.Length ? text[i] : (byte)' ';
            count.Take(letter);
            if (IsWord(letter))
            {
                word = (word ^ (uint)(letter | 0x20)) * 16777619;
                continue;
            }

            if (word == 2166136261u)
                continue;
            count.Words++;
            var (slot, bit) = ((int)(word % Words / 64), 1UL << (int)(word % 64));
            count.SameWords += (seen[slot] & bit) != 0 ? 1 : 0;
            seen[slot] |= bit;
            word = 2166136261u;
        }

        var bytes = Math.Max(text.Length, 1);
        features[0] = Math.Log(1 + text.Length);
        features[1] = Math.Log(1 + count.Lines);
        features[2] = (double)count.Digits / bytes;
        features[3] = (double)count.Capitals / bytes;
        features[4] = (double)count.Marks / bytes;
        features[5] = (double)count.Spaces / bytes;
        features[6] = (double)count.Beyond / bytes;
        features[7] = text.IndexOf("```"u8) >= 0 ? 1 : 0;
        features[8] = Math.Min(count.Questions, 8) / 8.0;
        features[9] = text.IsEmpty || ".!?}])`\"'"u8.Contains(text[^1]) || text[^1] >= 0x80 ? 1 : 0;
        features[10] = (double)count.SameWords / Math.Max(count.Words, 1);
        features[11] = Math.Log(1 + count.LongestRun);
    }

    private static bool IsWord(byte letter) => letter >= 0x80 || char.IsAsciiLetterOrDigit((char)letter);

    private struct Counts
    {
        private byte _last;
        private int _run;

        public int Lines;
        public int Digits;
        public int Capitals;
        public int Marks;
        public int Spaces;
        public int Beyond;
        public int Questions;
        public int Words;
        public int SameWords;
        public int LongestRun;

        public void Take(byte letter)
        {
            _run = letter == _last ? _run + 1 : 1;
            _last = letter;
            LongestRun = Math.Max(LongestRun, _run);
            Lines += letter == '\n' ? 1 : 0;
            Spaces += letter is (byte)' ' or (byte)'\n' or (byte)'\t' ? 1 : 0;
            Digits += char.IsAsciiDigit((char)letter) ? 1 : 0;
            Capitals += char.IsAsciiLetterUpper((char)letter) ? 1 : 0;
            Beyond += letter >= 0x80 ? 1 : 0;
            Questions += letter == '?' ? 1 : 0;
            Marks += letter is > (byte)' ' and < 0x80 && !char.IsAsciiLetterOrDigit((char)letter) ? 1 : 0;
        }
    }
}
