namespace Gateway.Guardrails.Secrets;

/// <summary>
/// A value that looks drawn at random and is given to a name of secrets, in the syntax of some language: <c>password = "..."</c>, <c>"apiKey": "..."</c>,
/// <c>export API_TOKEN=...</c>, <c>--token ...</c>, <c>&lt;password&gt;...</c>, <c>key="Password" value="..."</c>, <c>Pwd=...;</c>.
/// </summary>
internal sealed class Assignment(SecretName name) : ISecretForm
{
    /// <summary>The kind where nothing more is known.</summary>
    public const string Label = "credential";

    /// <summary>How far before its name a value's judgement looks.</summary>
    public const int MostIdentifier = 40;

    /// <summary>How far before the name of a field of a connection string other fields are looked for.</summary>
    public const int MostFields = 96;

    /// <summary>How far behind its name a value may begin.</summary>
    public const int MostBetween = 96;

    // Longer ones are data; what is held back of a stream stays well below the window's limit.
    private const int MostValue = 256;

    public Sighting Judge(in SeenText text, int start, int end)
    {
        if ((end < text.Utf8.Length && KeyAlphabet.IsLetter(text.Utf8[end])) || (name.IsWhole && !BeginsPart(text.Utf8, start)))
            return Sighting.None;
        var between = AssignmentSyntax.Read(text.Utf8, start, end, name.IsPassword);
        if (between.ValueStart < 0 || between.ValueStart - end > MostBetween)
            return Sighting.None;
        var from = between.ValueStart;
        var stop = text.RunEnd(from, between.IsQuoted ? KeyAlphabet.Quoted : KeyAlphabet.Unquoted, MostValue + 1);
        if (stop - from > MostValue)
            return Sighting.None;
        if (text.MayGoOn(stop))
            return Sighting.Open(from);
        if (!IsClosed(text.Utf8, between, ref stop))
            return Sighting.None;
        var identifier = text.Utf8[IdentifierStart(text.Utf8, start)..end];
        if (AssignedValue.Judge(text.Utf8[from..stop], identifier, name, between) is not { } judged)
            return Sighting.None;
        return !between.IsQuoted && MayBeType(text, from, stop) ? Sighting.Open(from) : new Sighting(judged.Label, from, stop, judged.Score);
    }

    /// <summary>Whether what follows could still show that this is no value but its type: blanks alone follow, and perhaps a sign of equality.</summary>
    private static bool MayBeType(in SeenText text, int from, int stop)
    {
        var at = text.SkipBlanks(stop);
        return stop - from <= AssignmentSyntax.MostType && !text.IsEnd && (at == text.Utf8.Length || (at == text.Utf8.Length - 1 && text.Utf8[at] == '='));
    }

    /// <summary>Whether a part of an identifier begins at a place: no letter before it, or a small one before a capital.</summary>
    private static bool BeginsPart(ReadOnlySpan<byte> text, int at) =>
        at == 0 || !KeyAlphabet.IsLetter(text[at - 1]) || ((text[at - 1] & 0x20) != 0 && (text[at] & 0x20) == 0);

    private static bool IsClosed(ReadOnlySpan<byte> text, in AssignmentSyntax between, ref int stop)
    {
        if (between.IsQuoted)
        {
            // At the text's end a quote may be missing; else what ends the value must be the quote that began it.
            var closing = between.IsEscaped ? (byte)'\\' : between.Quote;
            return stop == text.Length || text[stop] == closing;
        }

        // What goes on as a call, an index or a type is code.
        if (stop < text.Length && text[stop] is (byte)'(' or (byte)'[' or (byte)'{' or (byte)'`')
            return false;
        while (stop > between.ValueStart && text[stop - 1] is (byte)'.' or (byte)':' && (stop == text.Length || text[stop] is (byte)' ' or (byte)'\n' or (byte)'\r'))
            stop--;
        return true;
    }

    private static int IdentifierStart(ReadOnlySpan<byte> text, int start)
    {
        var least = Math.Max(0, start - MostIdentifier);
        while (start > least && (KeyAlphabet.IsWord(text[start - 1]) || text[start - 1] is (byte)'-' or (byte)'.' or (byte)':'))
            start--;
        return start;
    }
}
