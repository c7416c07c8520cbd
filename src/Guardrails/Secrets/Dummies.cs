using System.Text;
using Gateway.Guardrails.Text;

namespace Gateway.Guardrails.Secrets;

/// <summary>Tells values that stand in place of secrets, as documentation, templates and tests have them.</summary>
internal static class Dummies
{
    /// <summary>What a generated key has in it once in thousands; and the examples of RFC 6749 and RFC 7617, which every manual repeats.</summary>
    private static readonly KeywordIndex InKeys = Index(
        "example", "xxxx", "your", "****", "....", "00000", "12345", "abcdef", "fake", "dummy", "placeholder", "redacted", "sample", "changeme", "-----", "_____",
        "deadbeef", "aaaaa", "11111", "insert", "replace", "mock", "invalid",
        "2yotnfzfejr1zcsicmwpaa", "tgzv3jokf0xg5qx2tlkwia", "czzcagrsa3f0mzpnwdfmqmf0m2jw", "qwxhzgrpbjpvcgvu");

    /// <summary>What values have that are no password of anyone's.</summary>
    private static readonly KeywordIndex InPasswords = Index(
        "example", "xxx", "your", "***", "...", "1234", "abcd", "fake", "dummy", "placeholder", "redacted", "sample", "change", "insert", "replace", "mock", "invalid",
        "password", "passwd", "p@ssw", "passw0rd", "p4ssw0rd", "qwerty", "secret", "test", "foobar", "none", "null", "undefined", "true", "false", "token", "default", "lorem", "string",
        "credential", "hidden", "masked", "username", "<", ">", "{", "}", "$(", "%(", "%s", "%d", "${", "#{", "[a-z", "a-z0-9", "://", "()", "(?", ".*", "env.");

    /// <summary>Whether a key is one that nobody uses. Takes time linear in its length.</summary>
    public static bool IsDummyKey(ReadOnlySpan<byte> key) => Has(InKeys, key) || IsSequence(key);

    /// <summary>Whether a value of a password's is none: a placeholder, a template, a word of a program.</summary>
    public static bool IsDummyPassword(ReadOnlySpan<byte> value) =>
        Has(InPasswords, value) || IsSequence(value);

    /// <summary>Whether a value without quotes begins as no password but a variable, an option, a path or an operator does.</summary>
    public static bool BeginsAsCode(ReadOnlySpan<byte> value) =>
        value[0] is (byte)'$' or (byte)'%' or (byte)'@' or (byte)'&' or (byte)'*' or (byte)'.' or (byte)'/' or (byte)'-' or (byte)'=' or (byte)'?';

    /// <summary>Whether what stands behind a quote begins as what follows a closed string: the quote ended it, and began no value.</summary>
    public static bool BeginsBehindString(ReadOnlySpan<byte> value) =>
        value[0] is (byte)',' or (byte)')' or (byte)';' or (byte)'+' or (byte)']' or (byte)'}' or (byte)':' or (byte)'.' or (byte)'$';

    /// <summary>Eight, four, four, four and twelve hexadecimal digits (RFC 9562, section 4).</summary>
    public static bool IsUuid(ReadOnlySpan<byte> value) =>
        value.Length == 36 && value[8] == '-' && value[13] == '-' && value[18] == '-' && value[23] == '-' && value.IndexOfAnyExcept(KeyAlphabet.HexGroups) < 0;

    private static bool Has(KeywordIndex words, ReadOnlySpan<byte> value)
    {
        foreach (var _ in words.Matches(value))
            return true;
        return false;
    }

    /// <summary>Half of the bytes are the one before, or that plus or minus one: counting, or a key held down.</summary>
    private static bool IsSequence(ReadOnlySpan<byte> value)
    {
        var steps = 0;
        for (var i = 1; i < value.Length; i++)
        {
            if (value[i] - value[i - 1] is >= -1 and <= 1)
                steps++;
        }

        return steps * 2 >= value.Length;
    }

    private static KeywordIndex Index(params string[] words) => new(Array.ConvertAll(words, Encoding.ASCII.GetBytes));
}
