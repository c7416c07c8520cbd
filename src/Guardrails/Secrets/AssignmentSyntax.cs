using System.Text;
using Gateway.Guardrails.Text;

namespace Gateway.Guardrails.Secrets;

/// <summary>What stands between a name and its value.</summary>
/// <param name="ValueStart">Where the value begins; -1 when none does, or not yet.</param>
/// <param name="Quote">The quote before it; 0 when there is none.</param>
/// <param name="IsEscaped">The quotes are escaped, as JSON in a string has them.</param>
/// <param name="IsField">A semicolon ends the value, as in a connection string.</param>
internal readonly record struct AssignmentSyntax(int ValueStart, byte Quote, bool IsEscaped, bool IsField)
{
    /// <summary>Characters of a type between name and value.</summary>
    public const int MostType = 24;

    private static readonly AssignmentSyntax None = new(-1, 0, false, false);

    // ADO.NET, ODBC and JDBC, as the vendors' references of connection strings list them.
    private static readonly KeywordIndex Fields = new(Array.ConvertAll(
        ["server=", "source=", "host=", "address=", "user id=", "uid=", "user=", "username=", "database=", "catalog=", "endpoint=", "driver=", "dsn="], Encoding.ASCII.GetBytes));

    public bool IsQuoted => Quote != 0;

    /// <summary>Reads from a name's end on; looks at a few dozen bytes.</summary>
    public static AssignmentSyntax Read(ReadOnlySpan<byte> text, int nameStart, int nameEnd, bool isPassword)
    {
        var at = nameEnd;
        SkipNumber(text, ref at);
        SkipKeyEnd(text, ref at);
        var blanks = at;
        SkipBlanks(text, ref at);
        if (at >= text.Length)
            return None;
        if (at > blanks && text[at] is not ((byte)'=' or (byte)':') && IsFlag(text, nameStart))
            return Value(text, at, isField: false);
        if (!SkipSign(text, nameStart, ref at))
            return None;
        SkipBlanks(text, ref at);
        return Value(text, at, isField: isPassword && text[nameEnd..at].IndexOf((byte)'=') >= 0 && FollowsFields(text, nameStart));
    }

    /// <summary>A number may end a name: <c>password2</c>, <c>TOKEN_1</c>.</summary>
    private static void SkipNumber(ReadOnlySpan<byte> text, ref int at)
    {
        var from = at;
        if (at < text.Length && text[at] == '_')
            at++;
        var digits = at;
        while (at < text.Length && at - digits < 3 && KeyAlphabet.IsDigit(text[at]))
            at++;
        if (at == digits)
            at = from;
    }

    /// <summary>What closes the name: a quote, escaped or not, a bracket.</summary>
    private static void SkipKeyEnd(ReadOnlySpan<byte> text, ref int at)
    {
        if (at + 1 < text.Length && text[at] == '\\' && text[at + 1] == '"')
            at += 2;
        else if (at < text.Length && text[at] is (byte)'"' or (byte)'\'' or (byte)'`')
            at++;
        while (at < text.Length && text[at] is (byte)']' or (byte)'*')
            at++;
    }

    /// <summary>The sign of assignment: <c>=</c>, <c>:</c>, <c>:=</c>, <c>=&gt;</c>, a type and <c>=</c>, the end of a tag, another attribute's name.</summary>
    private static bool SkipSign(ReadOnlySpan<byte> text, int nameStart, ref int at)
    {
        switch (text[at])
        {
            case (byte)'=':
                at++;
                if (at < text.Length && text[at] == '>')
                    at++;
                else if (at < text.Length && text[at] is (byte)'=' or (byte)'~')
                    return false;
                return true;
            case (byte)':':
                at++;
                if (at < text.Length && text[at] == '=')
                    at++;
                else if (at < text.Length && text[at] == ':')
                    return false;
                else
                    SkipType(text, ref at);
                return true;
            case (byte)'>':
                at++;
                return IsTag(text, nameStart);
            case 0xEF when text[at..].StartsWith("："u8):
                at += 3;
                return true;
            case (byte)'v' or (byte)'V':
                return SkipWord(text, "value"u8, ref at) && SkipEquals(text, ref at);
            case (byte)'i' when SkipWord(text, "is"u8, ref at):
                if (at < text.Length && text[at] == ':')
                    at++;
                return at < text.Length && text[at] == ' ';
            default:
                return false;
        }
    }

    /// <summary>A type between name and value: <c>token: string = "..."</c>, <c>password: Option&lt;String&gt; = </c>.</summary>
    private static void SkipType(ReadOnlySpan<byte> text, ref int at)
    {
        var i = at;
        SkipBlanks(text, ref i);
        var from = i;
        while (i < text.Length && i - from < MostType && (KeyAlphabet.IsWord(text[i]) || text[i] is (byte)'<' or (byte)'>' or (byte)'&' or (byte)'?' or (byte)'.'))
            i++;
        if (i == from)
            return;
        SkipBlanks(text, ref i);
        if (i + 1 < text.Length && text[i] == '=' && text[i + 1] == ' ')
            at = i + 1;
    }

    private static bool SkipWord(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word, ref int at)
    {
        if (!Ascii.EqualsIgnoreCase(text.Slice(at, Math.Min(word.Length, text.Length - at)), word))
            return false;
        at += word.Length;
        return true;
    }

    private static bool SkipEquals(ReadOnlySpan<byte> text, ref int at)
    {
        SkipBlanks(text, ref at);
        if (at >= text.Length || text[at] != '=')
            return false;
        at++;
        return true;
    }

    private static void SkipBlanks(ReadOnlySpan<byte> text, ref int at)
    {
        const int most = 24;
        for (var i = 0; i < most && at < text.Length && text[at] is (byte)' ' or (byte)'\t'; i++)
            at++;
    }

    /// <summary>Whether the name is an option of a command line, whose value stands behind a blank: two hyphens begin the word.</summary>
    private static bool IsFlag(ReadOnlySpan<byte> text, int nameStart)
    {
        var at = nameStart;
        while (at > 0 && nameStart - at < Assignment.MostIdentifier && (KeyAlphabet.IsWord(text[at - 1]) || text[at - 1] == '-'))
            at--;
        return at + 1 < nameStart && text[at] == '-' && text[at + 1] == '-' && (at == 0 || text[at - 1] != '-');
    }

    /// <summary>Whether the name ends that of a tag: <c>&lt;db-password&gt;</c>.</summary>
    private static bool IsTag(ReadOnlySpan<byte> text, int nameStart)
    {
        var at = nameStart;
        while (at > 0 && nameStart - at < Assignment.MostIdentifier && (KeyAlphabet.IsWord(text[at - 1]) || text[at - 1] is (byte)'-' or (byte)'.' or (byte)':'))
            at--;
        return at > 0 && text[at - 1] == '<';
    }

    /// <summary>Whether the name is a field of a connection string: a semicolon stands before it, and before that fields that such strings have.</summary>
    private static bool FollowsFields(ReadOnlySpan<byte> text, int nameStart)
    {
        var at = nameStart;
        while (at > 0 && nameStart - at < 2 && text[at - 1] == ' ')
            at--;
        if (at == 0 || text[at - 1] != ';')
            return false;
        foreach (var _ in Fields.Matches(text[Math.Max(0, nameStart - Assignment.MostFields)..nameStart]))
            return true;
        return false;
    }

    private static AssignmentSyntax Value(ReadOnlySpan<byte> text, int at, bool isField)
    {
        // Prefixes of strings: C#'s @ and $, Python's b, r, f and u.
        if (at + 1 < text.Length && text[at] is (byte)'@' or (byte)'$' or (byte)'b' or (byte)'r' or (byte)'f' or (byte)'u' && text[at + 1] is (byte)'"' or (byte)'\'')
            at++;
        if (at >= text.Length)
            return None;
        if (text[at] == '\\' && at + 1 < text.Length && text[at + 1] == '"')
            return new AssignmentSyntax(at + 2, (byte)'"', IsEscaped: true, isField);
        return text[at] is (byte)'"' or (byte)'\'' or (byte)'`'
            ? new AssignmentSyntax(at + 1, text[at], IsEscaped: false, isField)
            : new AssignmentSyntax(at, 0, IsEscaped: false, isField);
    }
}
