using System.Text.Unicode;

namespace Gateway.Routing.Complexity.Conversation;

/// <summary>A short ask as words: lower-case, one space between them, nothing else.</summary>
internal readonly ref struct ShortAsk
{
    /// <summary>Longest ask that is read so, in bytes.</summary>
    public const int MostBytes = 240;

    /// <param name="ask">UTF-8, at most <see cref="MostBytes"/>; malformed bytes end it.</param>
    /// <param name="letters">Where the words are kept; as long as the ask has bytes.</param>
    public ShortAsk(ReadOnlySpan<byte> ask, Span<char> letters)
    {
        Utf8.ToUtf16(ask, letters, out _, out var length);
        var (written, gap) = (0, false);
        foreach (var letter in letters[..length])
        {
            if (!char.IsLetterOrDigit(letter))
            {
                gap = true;
                IsQuestion |= letter is '?' or '？';
                continue;
            }

            if (gap && written > 0)
            {
                letters[written++] = ' ';
                Words++;
            }

            gap = false;
            letters[written++] = char.ToLowerInvariant(letter);
            IsUnspaced |= letter >= '\u1100';
        }

        Words += written > 0 ? 1 : 0;
        Text = letters[..written];
    }

    public ReadOnlySpan<char> Text { get; }

    public int Words { get; }

    public bool IsQuestion { get; }

    /// <summary>Whether it holds Korean, Japanese or Chinese, whose words are not told apart by spaces alone.</summary>
    public bool IsUnspaced { get; }
}
