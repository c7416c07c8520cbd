using System.Buffers;
using System.Text;

namespace Gateway.Routing.Complexity.Conversation;

/// <summary>ASCII phrases, looked for in any case near the start of a text.</summary>
internal sealed class PhraseList(params string[] phrases)
{
    /// <summary>Bytes that are looked through: what announces itself does so at once.</summary>
    private const int Reach = 2048;

    private readonly SearchValues<string> _phrases = SearchValues.Create(phrases, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether one of the phrases stands in the first <paramref name="reach"/> bytes.</summary>
    public bool IsIn(ReadOnlySpan<byte> text, int reach = Reach)
    {
        text = text[..Math.Min(text.Length, Math.Min(reach, Reach))];
        Span<char> wide = stackalloc char[text.Length];
        Encoding.Latin1.GetChars(text, wide);
        return wide.ContainsAny(_phrases);
    }

    /// <summary>Whether the text begins with one of the phrases.</summary>
    public bool Begins(ReadOnlySpan<byte> text)
    {
        foreach (var phrase in phrases)
        {
            if (text.Length >= phrase.Length && Ascii.EqualsIgnoreCase(text[..phrase.Length], phrase))
                return true;
        }

        return false;
    }
}
