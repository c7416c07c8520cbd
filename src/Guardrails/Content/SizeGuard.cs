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

    public int Lookbehind => 0;

    public int Inspect(ReadOnlySpan<byte> text, in Passage passage, Findings found)
    {
        var left = settings.Most - passage.Before;
        if (text.Length <= left)
            return text.Length;
        var start = (int)Math.Max(left, passage.Context);
        while (start > passage.Context && start < text.Length && (text[start] & 0xC0) == 0x80)
            start--;
        if (start < text.Length)
            found.Add(Label, start, text.Length - start);
        return text.Length;
    }
}
