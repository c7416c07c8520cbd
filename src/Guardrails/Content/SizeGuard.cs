using System.Buffers;
using System.Text;

namespace Gateway.Guardrails.Content;

/// <summary>Finds prompts and answers that are too long: everything from where the limit is passed, with the label <c>too_long</c>.</summary>
/// <remarks>
/// Counts the texts of a request together, and those of an answer. A finding begins with a whole character. Holds nothing back of a
/// stream, so that what is too long is found piece by piece there.
/// </remarks>
public sealed class SizeGuard(SizeSettings settings) : IGuard
{
    /// <summary>The finding's label.</summary>
    public const string Label = "too_long";

    private const int LongestCharacter = 4;

    public int Lookbehind => 0;

    public int Inspect(ReadOnlySpan<byte> text, in Passage passage, Findings found)
    {
        var left = settings.Most - passage.Before;
        if (text.Length <= left)
            return passage.IsEnd || left - text.Length >= LongestCharacter ? text.Length : Math.Max(WholeLength(text), passage.Context);
        var start = (int)Math.Max(left, passage.Context);
        while (start > passage.Context && start < text.Length && (text[start] & 0xC0) == 0x80)
            start--;
        if (start < text.Length)
            found.Add(Label, start, text.Length - start);
        return text.Length;
    }

    /// <summary>Bytes without those of a character that is cut off at the end.</summary>
    private static int WholeLength(ReadOnlySpan<byte> text)
    {
        var lead = text.Length - 1;
        while (lead >= 0 && text.Length - lead < LongestCharacter && (text[lead] & 0xC0) == 0x80)
            lead--;
        return lead >= 0 && text[lead] >= 0xC0 && Rune.DecodeFromUtf8(text[lead..], out _, out _) == OperationStatus.NeedMoreData ? lead : text.Length;
    }
}
