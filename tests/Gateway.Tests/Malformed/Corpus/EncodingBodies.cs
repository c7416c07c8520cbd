using System.Text;

namespace Gateway.Tests.Malformed.Corpus;

/// <summary>Bytes that are not UTF-8, and characters that JSON or HTTP make trouble of.</summary>
internal static class EncodingBodies
{
    private static readonly string Good = BodyCase.Saying(BodyCase.Messages);

    public static IEnumerable<BodyCase> All() => [.. Bytes(), .. Texts(), .. ModelNames()];

    private static IEnumerable<BodyCase> Bytes()
    {
        yield return BodyCase.Refused("a byte order mark", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Good)]);
        yield return BodyCase.Refused("only a byte order mark", [0xEF, 0xBB, 0xBF]);
        yield return BodyCase.Refused("UTF-16, little end first", Encoding.Unicode.GetBytes(Good));
        yield return BodyCase.Refused("UTF-16 with its mark", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Good)]);
        yield return BodyCase.Refused("UTF-16, big end first", Encoding.BigEndianUnicode.GetBytes(Good));
        yield return BodyCase.Refused("UTF-32", Encoding.UTF32.GetBytes(Good));
        yield return BodyCase.Refused("Latin-1", Encoding.Latin1.GetBytes(BodyCase.Holding("\"é\"")));
        yield return BodyCase.Refused("UTF-7's shift", Encoding.Latin1.GetBytes(BodyCase.Holding("\"+AOk-\u0080\"")));
        (string Name, byte[] Bytes)[] invalid =
        [
            ("an overlong slash", [0xC0, 0xAF]), ("an overlong NUL", [0xC0, 0x80]), ("an overlong quote", [0xC0, 0xA2]), ("a three-byte overlong", [0xE0, 0x80, 0xAF]),
            ("a four-byte overlong", [0xF0, 0x80, 0x80, 0xAF]), ("a continuation alone", [0x80]), ("two continuations", [0xBF, 0xBF]), ("a lead byte alone", [0xC3]),
            ("half of three bytes", [0xE2, 0x82]), ("a surrogate in UTF-8", [0xED, 0xA0, 0x80]), ("a pair of surrogates in UTF-8", [0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80]),
            ("beyond the last character", [0xF4, 0x90, 0x80, 0x80]), ("five bytes", [0xF8, 0x88, 0x80, 0x80, 0x80]), ("0xFE", [0xFE]), ("0xFF", [0xFF]),
        ];
        foreach (var (name, bytes) in invalid)
        {
            yield return BodyCase.Refused($"{name} in the content", Around(BodyCase.Holding("\"a@b\""), bytes));
            yield return BodyCase.Refused($"{name} in the model", Around(Good.Replace("auto", "au@to", StringComparison.Ordinal), bytes));
            yield return BodyCase.Refused($"{name} in an unknown name", Around(BodyCase.With("\"@\":1"), bytes));
        }

        yield return BodyCase.Refused("0xFF between tokens", Around(BodyCase.With("@\"x\":1"), [0xFF]));
    }

    private static IEnumerable<BodyCase> Texts()
    {
        yield return BodyCase.Refused("a NUL in a string", BodyCase.Holding("\"a\0b\""));
        yield return BodyCase.Refused("a line feed in a string", BodyCase.Holding("\"a\nb\""));
        yield return BodyCase.Refused("a tab in a string", BodyCase.Holding("\"a\tb\""));
        yield return BodyCase.Refused("an escape character in a string", BodyCase.Holding("\"\u001b[31m\""));
        yield return BodyCase.Refused("a control character in a name", BodyCase.With("\"a\u0001\":1"));
        yield return BodyCase.Refused("a control character between tokens", Good.Replace(",", ",\u0001", StringComparison.Ordinal));
        yield return BodyCase.Refused("a no-break space between tokens", Good.Replace(",", ",\u00a0", StringComparison.Ordinal));
        yield return BodyCase.Refused("an unknown escape", BodyCase.Holding("\"\\x41\""));
        yield return BodyCase.Refused("an escape of three digits", BodyCase.Holding("\"\\u12g4\""));
        yield return BodyCase.Refused("an escape cut by the quote", BodyCase.Holding("\"\\u12\""));
        yield return BodyCase.Passes("every escape there is", BodyCase.Holding("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\u0000\\u001f\\u007f\""));
        yield return BodyCase.Passes("a pair of escapes", BodyCase.Holding("\"\\ud83d\\ude00\""));
        yield return BodyCase.Passes("separators and a replacement character", BodyCase.Holding("\"\u2028\u2029\ufffd\ufeff\u202e\u200b\""));
        yield return BodyCase.Passes("characters beyond the basic plane", BodyCase.Holding("\"😀𝒳👩‍👩‍👧\""));
        yield return BodyCase.Passes("delete and C1 controls", BodyCase.Holding("\"\u007f\u0085\u009f\""));
        // Whether half a pair may stand in a text is the upstream's to say; the simulated one, like orjson, says no.
        foreach (var half in (string[])["\\ud800", "\\udc00", "\\ud800\\ud800", "\\ude00\\ud83d", "\\ud83dx", "\\uD83D\\n"])
        {
            yield return BodyCase.RefusedUpstream($"half a pair in the content: {half}", BodyCase.Holding($"\"a{half}\""));
            yield return BodyCase.Refused($"half a pair in the model: {half}", Good.Replace("auto", half, StringComparison.Ordinal), "invalid_value");
            yield return BodyCase.RefusedUpstream($"half a pair as a name: {half}", BodyCase.With($"\"{half}\":1"));
            yield return BodyCase.Refused($"half a pair as the role's name: {half}", BodyCase.Saying($$"""[{"{{half}}":"user","content":"hi"}]"""), "invalid_messages");
            yield return BodyCase.Refused($"half a pair as a part's type's name: {half}", BodyCase.Holding($$"""[{"{{half}}":"text","text":"x"}]"""), "invalid_messages");
        }
    }

    private static IEnumerable<BodyCase> ModelNames()
    {
        foreach (var (name, json) in ((string, string)[])[
            ("line ends", "a\\r\\nx-evil: 1"), ("control characters", "\\u0000\\u0001\\u001b[2J"), ("characters beyond ASCII", "модель-模型-😀"), ("a quote and a backslash", "a\\\"b\\\\c"),
            ("markup", "<script>alert(1)</script>"), ("a format", "{0} %s ${HOME} {{x}}"), ("a path", "../../etc/passwd"), ("slashes only", "////"), ("white space around", " auto "),
            ("other case", "AUTO"), ("a pattern", "*"), ("separators", "a\u2028\u2029"), ("1000 bytes", new string('m', 1000)),
        ])
            yield return new BodyCase($"a model name of {name}", Encoding.UTF8.GetBytes(Good.Replace("auto", json, StringComparison.Ordinal)), 404, "model_not_found");
        foreach (var (name, json) in ((string, string)[])[
            ("nothing", ""), ("white space", " \\t\\n"), ("1025 bytes", new string('m', 1025)), ("a megabyte", new string('m', 1024 * 1024)),
            ("a megabyte of escapes", string.Concat(Enumerable.Repeat("\\u006d", 170_000))), ("a known name escaped beyond measure", string.Concat(Enumerable.Repeat("\\u0061", 200))),
        ])
            yield return BodyCase.Refused($"a model name of {name}", Good.Replace("auto", json, StringComparison.Ordinal), "invalid_value");
        yield return BodyCase.Passes("a model name in escapes", Good.Replace("auto", "\\u0061\\u0075to", StringComparison.Ordinal));
    }

    /// <summary>The text with its <c>@</c> replaced by the bytes.</summary>
    private static byte[] Around(string text, byte[] bytes)
    {
        var halves = text.Split('@');
        return [.. Encoding.UTF8.GetBytes(halves[0]), .. bytes, .. Encoding.UTF8.GetBytes(halves[1])];
    }
}
