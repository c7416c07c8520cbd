namespace Gateway.Tests.Malformed.Corpus;

/// <summary>The fields that the gateway reads, given twice, not at all, or as something else.</summary>
internal static class FieldBodies
{
    private static readonly string[] Kinds = ["null", "true", "7", "-0.5", "1e400", "\"text\"", "\"\"", "[]", "{}", "[1,\"a\",null]", "{\"a\":{\"b\":[1]}}"];

    public static IEnumerable<BodyCase> All() => [.. WrongTypes(), .. Twice(), .. Missing(), .. Numbers(), .. Options()];

    private static IEnumerable<BodyCase> WrongTypes()
    {
        foreach (var kind in Kinds)
        {
            if (!kind.StartsWith('"'))
                yield return BodyCase.Refused($"model is {kind}", $$"""{"model":{{kind}},"messages":{{BodyCase.Messages}}}""", "invalid_type");
            if (kind is not ("null" or "true"))
                yield return BodyCase.Refused($"stream is {kind}", BodyCase.With($"\"stream\":{kind}"), "invalid_type");
            yield return BodyCase.Refused($"messages is {kind}", BodyCase.Saying(kind), kind == "[]" ? "missing_field" : "invalid_messages");
            yield return BodyCase.Refused($"a message is {kind}", BodyCase.Saying($"[{kind}]"), "invalid_messages");
            if (!kind.StartsWith('"'))
                yield return BodyCase.Refused($"role is {kind}", BodyCase.Saying($$"""[{"role":{{kind}},"content":"x"}]"""), "invalid_messages");
            if (!kind.StartsWith('"') && kind is not ("null" or "[]"))
                yield return BodyCase.Refused($"content is {kind}", BodyCase.Holding(kind), "invalid_messages");
            yield return BodyCase.Refused($"a part is {kind}", BodyCase.Holding($"[{kind}]"), "invalid_messages");
            if (!kind.StartsWith('"'))
                yield return BodyCase.Refused($"a part's type is {kind}", BodyCase.Holding($$"""[{"type":{{kind}},"text":"x"}]"""), "invalid_messages");
            if (kind is not ("null" or "7" or "true"))
            {
                yield return BodyCase.RefusedUpstream($"n is {kind}", BodyCase.With($"\"n\":{kind}"));
                yield return BodyCase.RefusedUpstream($"max_tokens is {kind}", BodyCase.With($"\"max_tokens\":{kind}"));
                yield return BodyCase.RefusedUpstream($"max_completion_tokens is {kind}", BodyCase.With($"\"max_completion_tokens\":{kind}"));
            }
        }
    }

    private static IEnumerable<BodyCase> Twice()
    {
        foreach (var (name, member) in ((string, string)[])[
            ("model", "\"model\":\"auto\""), ("model, escaped", "\"\\u006dodel\":\"auto\""), ("model, escaped in full", "\"\\u006d\\u006F\\u0064\\u0065\\u006C\":\"large\""),
            ("messages", "\"messages\":[{\"role\":\"user\",\"content\":\"other\"}]"), ("messages, empty", "\"messages\":[]"), ("messages, escaped", "\"message\\u0073\":null")])
            yield return BodyCase.Refused($"twice: {name}", BodyCase.With(member), "duplicate_field");
        foreach (var (name, member) in ((string, string)[])[
            ("stream", "\"stream\":true,\"stream\":false"), ("stream, escaped", "\"stream\":false,\"stre\\u0061m\":true"), ("stream_options", "\"stream_options\":{},\"stream_options\":{}"),
            ("n", "\"n\":1,\"n\":2"), ("tools", "\"tools\":[],\"tools\":null"), ("max_tokens", "\"max_tokens\":1,\"max_tokens\":1"),
            ("max_completion_tokens", "\"max_completion_tokens\":1,\"max_completion\\u005ftokens\":1")])
            yield return BodyCase.Refused($"twice: {name}", BodyCase.With(member), "duplicate_field");
        yield return BodyCase.Refused("twice: role", BodyCase.Saying("""[{"role":"user","role":"user","content":"x"}]"""), "invalid_messages");
        yield return BodyCase.Refused("twice: role, escaped", BodyCase.Saying("""[{"role":"user","\u0072ole":"system","content":"x"}]"""), "invalid_messages");
        yield return BodyCase.Refused("twice: content", BodyCase.Saying("""[{"role":"user","content":"x","content":"y"}]"""), "invalid_messages");
        yield return BodyCase.Refused("twice: content, null first", BodyCase.Saying("""[{"role":"user","content":null,"content":"y"}]"""), "invalid_messages");
        yield return BodyCase.Passes("twice: what the gateway does not read", BodyCase.With("\"top_p\":1,\"top_p\":0,\"x\":1,\"x\":2"));
        yield return BodyCase.Passes("not twice: a name in other case", BodyCase.With("\"Model\":\"x\",\"MESSAGES\":1,\"Stream\":3"));
    }

    private static IEnumerable<BodyCase> Missing()
    {
        yield return BodyCase.Refused("an empty object", "{}", "missing_field");
        yield return BodyCase.Refused("no model", $$"""{"messages":{{BodyCase.Messages}}}""", "missing_field");
        yield return BodyCase.Refused("no messages", """{"model":"auto"}""", "missing_field");
        yield return BodyCase.Refused("a prompt for messages", """{"model":"auto","prompt":"hi"}""", "missing_field");
        yield return BodyCase.Refused("an empty message", BodyCase.Saying("[{}]"), "invalid_messages");
        yield return BodyCase.Refused("a message without a role", BodyCase.Saying("""[{"content":"hi"}]"""), "invalid_messages");
        yield return BodyCase.Refused("the second message without a role", BodyCase.Saying("""[{"role":"user","content":"hi"},{"content":"hi"}]"""), "invalid_messages");
        yield return BodyCase.Refused("a part without a type", BodyCase.Holding("""[{"text":"hi"}]"""), "invalid_messages");
        yield return BodyCase.Refused("an empty part", BodyCase.Holding("[{}]"), "invalid_messages");
    }

    private static IEnumerable<BodyCase> Numbers()
    {
        foreach (var n in (string[])["0", "-1", "1000000000", "2147483647", "-2147483648", "2147483648", "9223372036854775808", "1e9", "1.5", "\"x\"", new string('9', 5000), "1e99999999"])
            yield return BodyCase.RefusedUpstream($"n of {n[..Math.Min(n.Length, 20)]}", BodyCase.With($"\"n\":{n}"));
        foreach (var tokens in (string[])["0", "-1", "2147483648", "1e9", "0.5"])
            yield return BodyCase.RefusedUpstream($"max_tokens of {tokens}", BodyCase.With($"\"max_tokens\":{tokens}"));
        yield return BodyCase.RefusedUpstream("max_tokens of 1000000000", BodyCase.With("\"max_tokens\":1000000000")) with { Code = "context_length_exceeded" };
        foreach (var number in (string[])["1e400", "-1e400", "1e-400", "-0", "0.1000000000000000055511151231257827", new string('9', 20_000), "0." + new string('0', 20_000) + "1"])
            yield return BodyCase.Passes($"a number nobody reads: {number[..Math.Min(number.Length, 20)]}", BodyCase.With($"\"temperature\":{number},\"seed\":{number}"));
        yield return BodyCase.Passes("n of \"2\", which vLLM reads as 2", BodyCase.With("\"n\":\"2\""));
        yield return BodyCase.Passes("n of null", BodyCase.With("\"n\":null,\"max_tokens\":null"));
        yield return BodyCase.Passes("n of 2, streamed", BodyCase.With("\"n\":2,\"stream\":true"));
        yield return BodyCase.Passes("n of \"2\", streamed", BodyCase.With("\"n\":\"2\",\"stream\":true"));
    }

    private static IEnumerable<BodyCase> Options()
    {
        foreach (var options in (string[])["null", "{}", "{\"x\":1}", "{\"include_usage\":null}", "{\"include_usage\":false}", "{\"include_usage\":true,\"x\":[{}]}",
            "{\"include_usage\":false,\"include_usage\":true}", "{\"include_usage\":true,\"include_usage\":false}", "{\"include\\u005fusage\":false}", "{\"\\ud83d\\ude00\":{\"include_usage\":false}}"])
            yield return BodyCase.Passes($"stream_options of {options}", BodyCase.With($"\"stream\":true,\"stream_options\":{options}"));
        foreach (var options in (string[])["[]", "1", "\"x\"", "true", "[{\"include_usage\":true}]", "{\"include_usage\":{}}", "{\"include_usage\":[]}", "{\"include_usage\":\"never\"}"])
            yield return BodyCase.RefusedUpstream($"stream_options of {options}", BodyCase.With($"\"stream\":true,\"stream_options\":{options}"));
        yield return BodyCase.RefusedUpstream("stream_options without a stream", BodyCase.With("\"stream_options\":{\"include_usage\":true}"));
        yield return BodyCase.Passes("stream of null", BodyCase.With("\"stream\":null"));
    }
}
