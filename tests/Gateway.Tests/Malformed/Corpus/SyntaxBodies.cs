namespace Gateway.Tests.Malformed.Corpus;

/// <summary>What is nearly JSON, or JSON but no object.</summary>
internal static class SyntaxBodies
{
    private static readonly string Good = BodyCase.Saying(BodyCase.Messages);

    public static IEnumerable<BodyCase> All() =>
    [
        .. NotOneObject.Select(text => BodyCase.Refused($"not an object: {text.ReplaceLineEndings("\\n")}", text)),
        BodyCase.Refused("a comment before it", "/* hi */" + Good),
        BodyCase.Refused("a line comment within", Good.Replace(",", ",// hi\n", StringComparison.Ordinal)),
        BodyCase.Refused("a trailing comma in the object", Good[..^1] + ",}"),
        BodyCase.Refused("a trailing comma in an array", BodyCase.Saying("""[{"role":"user","content":"hi"},]""")),
        BodyCase.Refused("a leading comma", "{," + Good[1..]),
        BodyCase.Refused("two commas", Good.Replace(",", ",,", StringComparison.Ordinal)),
        BodyCase.Refused("no comma between members", Good.Replace("\"auto\",", "\"auto\" ", StringComparison.Ordinal)),
        BodyCase.Refused("no colon", Good.Replace("\"model\":", "\"model\" ", StringComparison.Ordinal)),
        BodyCase.Refused("= for a colon", Good.Replace("\"model\":", "\"model\"=", StringComparison.Ordinal)),
        BodyCase.Refused("single quotes", Good.Replace('"', '\'')),
        BodyCase.Refused("names without quotes", Good.Replace("\"model\"", "model", StringComparison.Ordinal)),
        BodyCase.Refused("True as Python writes it", BodyCase.With("\"stream\":True")),
        BodyCase.Refused("None as Python writes it", BodyCase.With("\"x\":None")),
        BodyCase.Refused("undefined", BodyCase.With("\"x\":undefined")),
        BodyCase.Refused("NaN", BodyCase.With("\"temperature\":NaN")),
        BodyCase.Refused("Infinity", BodyCase.With("\"temperature\":-Infinity")),
        BodyCase.Refused("a number with a leading zero", BodyCase.With("\"x\":01")),
        BodyCase.Refused("a number with a plus", BodyCase.With("\"x\":+1")),
        BodyCase.Refused("a number that ends in a point", BodyCase.With("\"x\":1.")),
        BodyCase.Refused("a number that begins with a point", BodyCase.With("\"x\":.5")),
        BodyCase.Refused("a hexadecimal number", BodyCase.With("\"x\":0x10")),
        BodyCase.Refused("a number without its exponent", BodyCase.With("\"x\":1e")),
        BodyCase.Refused("a closing bracket for a brace", Good[..^1] + "]"),
        BodyCase.Refused("one brace too many", Good + "}"),
        BodyCase.Refused("garbage behind it", Good + " x"),
        BodyCase.Refused("a second document behind it", Good + Good),
        BodyCase.Refused("a second document on the next line", Good + "\n" + Good),
        BodyCase.Refused("a NUL behind it", Good + "\0"),
        BodyCase.Refused("a form instead", "model=auto&messages=hi"),
        BodyCase.Refused("an event instead", "data: " + Good + "\n\n"),
        BodyCase.Refused("a chunk of HTTP instead", "5\r\n{\"mod\r\n0\r\n\r\n"),
        BodyCase.Refused("an XML document instead", "<?xml version=\"1.0\"?><a/>"),
        BodyCase.Passes("white space all around and between", " \t\r\n" + Good.Replace(",", " \r\n,\t ", StringComparison.Ordinal) + "\r\n \t"),
        BodyCase.Passes("a megabyte of white space", new string(' ', 1024 * 1024) + Good),
    ];

    private static readonly string[] NotOneObject =
        ["", " ", "\r\n\t ", "null", "true", "false", "0", "-1.5e3", "\"text\"", "[]", "[{}]", "\"", "[", "]", "}", ",", ":", "\\", "/", "\0", "nul", "tru", "-"];
}
