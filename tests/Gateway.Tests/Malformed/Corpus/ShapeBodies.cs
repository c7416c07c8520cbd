namespace Gateway.Tests.Malformed.Corpus;

/// <summary>Bodies that are deep, long, or odd in places the gateway leaves to the upstream.</summary>
internal static class ShapeBodies
{
    private const int Deepest = 64;

    public static IEnumerable<BodyCase> All() => [.. Nesting(), .. Sizes(), .. Oddities()];

    private static IEnumerable<BodyCase> Nesting()
    {
        foreach (var (name, around, depth) in ((string, Func<string, string>, int)[])[
            ("an unknown field", inner => BodyCase.With($"\"x\":{inner}"), 1),
            ("a tool's parameters", inner => BodyCase.With("\"tool_choice\":\"none\",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{\"x\":" + inner + "}}}]"), 5),
            ("a part of the content", inner => BodyCase.Holding($$"""[{"type":"text","text":"hi","x":{{inner}}}]"""), 5),
            ("a message", inner => BodyCase.Saying($$"""[{"role":"user","content":"hi","x":{{inner}}}]"""), 3),
            ("stream_options", inner => BodyCase.With("\"stream\":true,\"stream_options\":{\"x\":" + inner + "}"), 2),
        ])
        {
            yield return BodyCase.Passes($"arrays as deep as allowed in {name}", around(Arrays(Deepest - depth)));
            yield return BodyCase.Refused($"arrays one too deep in {name}", around(Arrays(Deepest - depth + 1)));
            yield return BodyCase.Passes($"objects as deep as allowed in {name}", around(Objects(Deepest - depth)));
            yield return BodyCase.Refused($"objects one too deep in {name}", around(Objects(Deepest - depth + 1)));
        }

        yield return BodyCase.Refused("a hundred thousand arrays", new string('[', 100_000));
        yield return BodyCase.Refused("a hundred thousand arrays, closed", BodyCase.With($"\"x\":{Arrays(100_000)}"));
        yield return BodyCase.Refused("a hundred thousand objects", string.Concat(Enumerable.Repeat("{\"a\":", 100_000)));
        yield return BodyCase.Refused("arrays for messages", BodyCase.Saying(Arrays(1_000)), "invalid_messages");
    }

    private static IEnumerable<BodyCase> Sizes()
    {
        yield return BodyCase.RefusedUpstream("a string of 5 MB", BodyCase.Holding($"\"{new string('a', 5_000_000)}\"")) with { Code = "context_length_exceeded" };
        yield return BodyCase.RefusedUpstream("5 MB of escapes", BodyCase.Holding($"\"{string.Concat(Enumerable.Repeat("\\u0041", 833_333))}\"")) with { Code = "context_length_exceeded" };
        yield return BodyCase.RefusedUpstream("a million halves of pairs", BodyCase.Holding($"\"{string.Concat(Enumerable.Repeat("\\ud800", 1_000_000))}\""));
        yield return BodyCase.RefusedUpstream("200,000 parts of half a pair", BodyCase.Holding($"[{Many("{\"type\":\"text\",\"text\":\"\\ud800\"}", 200_000)}]"));
        yield return BodyCase.RefusedUpstream("200,000 names of half a pair", BodyCase.With(Many("\"\\ud800\":1", 200_000)));
        yield return BodyCase.RefusedUpstream("100,000 messages", BodyCase.Saying($"[{Many("{\"role\":\"user\",\"content\":\"a\"}", 100_000)}]")) with { Code = "context_length_exceeded" };
        yield return BodyCase.RefusedUpstream("100,000 tools", BodyCase.With($"\"tools\":[{Many("{\"type\":\"function\",\"function\":{\"name\":\"f\"}}", 100_000)}]")) with { Code = "context_length_exceeded" };
        yield return BodyCase.RefusedUpstream("100,000 parts", BodyCase.Holding($"[{Many("{\"type\":\"text\",\"text\":\"a b\"}", 100_000)}]")) with { Code = "context_length_exceeded" };
        yield return BodyCase.Passes("100,000 unknown fields", BodyCase.With(string.Join(',', Enumerable.Range(0, 100_000).Select(i => $"\"f{i}\":{i}"))));
        yield return BodyCase.Passes("an unknown name of 1 MB", BodyCase.With($"\"{new string('k', 1_000_000)}\":1"));
        yield return BodyCase.Refused("a role of 1 MB twice", BodyCase.Saying($$"""[{"role":"{{new string('r', 1_000_000)}}","role":"user"}]"""), "invalid_messages");
    }

    private static IEnumerable<BodyCase> Oddities()
    {
        yield return BodyCase.Passes("names of JavaScript's own", BodyCase.With("\"__proto__\":{\"model\":\"x\"},\"constructor\":{\"prototype\":1},\"toString\":null,\"\":0,\" \":1"));
        yield return BodyCase.Passes("a null for content", BodyCase.Saying("""[{"role":"user","content":"hi"},{"role":"assistant","content":null},{"role":"user","content":"on"}]"""));
        yield return BodyCase.Passes("no content", BodyCase.Saying("""[{"role":"user","content":"hi"},{"role":"assistant"},{"role":"user","content":"on"}]"""));
        yield return BodyCase.Passes("content of no parts", BodyCase.Holding("[]"));
        yield return BodyCase.Passes("empty content", BodyCase.Holding("\"\""));
        yield return BodyCase.Passes("parts of unknown types", BodyCase.Holding("""[{"type":"hologram","hologram":{"type":7}},{"type":"","text":null},{"type":"text"},{"type":"text","text":[1]}]"""));
        yield return BodyCase.Passes("a part with two types and texts", BodyCase.Holding("""[{"type":"image_url","type":"text","text":"a","text":"b"}]"""));
        yield return BodyCase.Passes("unknown members everywhere", BodyCase.Saying("""[{"x":{"role":[1]},"role":"user","content":[{"y":{"type":1},"type":"text","text":"hi"}],"weight":0,"name":7}]"""));
        yield return BodyCase.Passes("roles in escapes", BodyCase.Saying("""[{"role":"\u0075ser","content":"hi"}]"""));
        yield return BodyCase.Passes("only a system message", BodyCase.Saying("""[{"role":"system","content":"be brief"}]"""));
        yield return BodyCase.Passes("only a tool's message", BodyCase.Saying("""[{"role":"tool","content":"42"}]"""));
        foreach (var role in (string[])["wizard", "", "USER", "\\u0000", "модель", "user "])
            yield return BodyCase.Passes($"a role of '{role}'", BodyCase.Saying($$"""[{"role":"{{role}}","content":"hi"}]"""));
        foreach (var calls in (string[])["null", "[]", "{}", "\"x\"", "[null]", "[{}]", "[{\"function\":null}]", "[{\"id\":1,\"type\":2,\"function\":{\"name\":[],\"arguments\":{\"not\":\"a string\"}}}]", "[{\"function\":{\"arguments\":\"{broken\"}}]"])
            yield return BodyCase.Passes($"tool_calls of {calls}", BodyCase.Saying($$"""[{"role":"user","content":"hi"},{"role":"assistant","content":null,"tool_calls":{{calls}}},{"role":"user","content":"on"}]"""));
    }

    private static string Arrays(int depth) => new string('[', depth) + new string(']', depth);

    private static string Objects(int depth) => string.Concat(Enumerable.Repeat("{\"a\":", depth - 1)) + "{}" + new string('}', depth - 1);

    private static string Many(string item, int count) => string.Join(',', Enumerable.Repeat(item, count));
}
