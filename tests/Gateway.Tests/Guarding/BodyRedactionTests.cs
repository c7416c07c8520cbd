using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Gateway.Guarding.Requests;
using Gateway.Guardrails;
using Gateway.Protocol;

namespace Gateway.Tests.Guarding;

/// <summary>What a redaction changes in a body, and what it leaves.</summary>
public sealed class BodyRedactionTests
{
    private static readonly Gen<string> Words = Gen.OneOf(
        "Bob", "B\\u006fb", "\\u0042\\u006F\\u0062", "a", " ", "\\n", "\\\"", "\\\\", "é", "\\u00e9", "😀", "\\ud83d\\ude00", "Bo", "\\/", "{", ",");

    private static readonly Gen<string> Strings = Words.List[0, 6].Select(words => $"\"{string.Concat(words)}\"");

    private static readonly Gen<string> Values = Gen.OneOf(
        Strings,
        Gen.Select(Strings, Strings, (one, other) => $"{{{one}:{other},\"n\":12, \"l\":[{other} ,true,null]}}"),
        Gen.Const("-1.5e3"));

    private static readonly Gen<string> Messages = Gen.OneOf(
        Gen.Select(Strings, Values, (content, more) => $$"""{"role":"user", "content":{{content}},"more":{{more}}}"""),
        Gen.Select(Strings, Strings, (one, other) => $$"""{ "content":[{"type":"text","text":{{one}}},{"text":{{other}},"type":"text"}],"role":"tool"}"""),
        Strings.Select(arguments => """{"role":"assistant","tool_calls":[{"id":"c","function":{"name":"f","arguments":ARGUMENTS}}]}""".Replace("ARGUMENTS", arguments, StringComparison.Ordinal)));

    private static readonly Gen<string> Bodies = Gen.Select(
        Messages.List[1, 4], Values, Values,
        (messages, tool, more) => $$"""{"model":"m","messages":[{{string.Join(" ,", messages)}}],"tools":[{{tool}}],"more": {{more}} }""");

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Theory]
    [InlineData("""{"role":"user","content":"I am Bob."}""", """{"role":"user","content":"I am <NAME_1>."}""")]
    [InlineData("""{"role":"user","content":"a\nB\u006fb\n\u0042ob"}""", """{"role":"user","content":"a\n<NAME_1>\n<NAME_1>"}""")]
    [InlineData("""{"role":"user","content":"Bob says <NAME_1>"}""", """{"role":"user","content":"<NAME_2> says <NAME_1>"}""")]
    [InlineData("""{"role":"user","content":[{"type":"text","text":"Bob"}],"Bob":"Bob"}""", """{"role":"user","content":[{"type":"text","text":"<NAME_1>"}],"Bob":"<NAME_1>"}""")]
    [InlineData("""{"role":"assistant","tool_calls":[{"function":{"name":"f","arguments":"{\"to\":\"\\nBob\"}"}}]}""", """{"role":"assistant","tool_calls":[{"function":{"name":"f","arguments":"{\"to\":\"\\n<NAME_1>\"}"}}]}""")]
    [InlineData("""{"role":"assistant","tool_calls":[{"function":{"name":"f","arguments":{"Bob":["Bob"]}}}]}""", """{"role":"assistant","tool_calls":[{"function":{"name":"f","arguments":{"<NAME_1>":["<NAME_1>"]}}}]}""")]
    [InlineData("""{"role":"assistant","tool_calls":[{"function":{"name":"f","arguments":"to Bob, who is \"here"}}]}""", """{"role":"assistant","tool_calls":[{"function":{"name":"f","arguments":"to <NAME_1>, who is \"here"}}]}""")]
    [InlineData("""{"role":"assistant","tool_calls":[{"function":{"name":"f","arguments":"{\"a\":\"\\uac00\\n\\u0042ob\\\"\"}"}}]}""", """{"role":"assistant","tool_calls":[{"function":{"name":"f","arguments":"{\"a\":\"\\uac00\\n<NAME_1>\\\"\"}"}}]}""")]
    [InlineData("""{"role":"assistant","tool_calls":[{"function":{"name":"f","arguments":{"a":"\n\u0042ob\u0022"}}}]}""", """{"role":"assistant","tool_calls":[{"function":{"name":"f","arguments":{"a":"\n<NAME_1>\u0022"}}}]}""")]
    public void A_placeholder_takes_the_place_of_a_word_and_nothing_else_changes(string before, string after) =>
        Assert.Equal(Body(after), Redact(Body(before), "Bob"));

    [Theory]
    [InlineData("4711", """{"card":4711,"n":2}""", """{"card":"<NAME_1>","n":2}""")]
    [InlineData("4711", """{"card":[94711.5]}""", """{"card":["<NAME_1>"]}""")]
    [InlineData("a\",\"b", """["xa","by"]""", """["x<NAME_1>","y"]""")]
    [InlineData("a\":12,\"b", """{"a":12,"b":1}""", """{"<NAME_1>":null,"":1}""")]
    [InlineData("nBob", """{"to":"x\nBob"}""", """{"to":"x<NAME_1>"}""")]
    public void What_reaches_over_the_edges_of_JSON_leaves_JSON(string word, string before, string after)
    {
        const string Call = """{"role":"assistant","tool_calls":[{"function":{"name":"f","arguments":ARGUMENTS}}]}""";
        string Text(string arguments) => Body(Call.Replace("ARGUMENTS", JsonValue.Create(arguments).ToJsonString(Relaxed), StringComparison.Ordinal));
        Assert.Equal(Text(after), Redact(Text(before), word));
        if (word != "nBob")
            Assert.Equal(Body(Call.Replace("ARGUMENTS", after, StringComparison.Ordinal)), Redact(Body(Call.Replace("ARGUMENTS", before, StringComparison.Ordinal)), word));
    }

    /// <summary>Whatever stands where texts may stand: right, wrong or unheard of.</summary>
    [Fact]
    public void Nothing_that_was_found_is_left_anywhere()
    {
        Gen<string> keys = Gen.OneOf("function", "custom", "name", "arguments", "input", "id", "type", "text", "data", "x");
        Gen<string> leaf = Gen.OneOf("\"Bob B\"", "\"B\\u006fb B\"", "\"{\\\"a\\\":\\\"Bob B\\\"}\"", "1", "null", "true", "\"\"", "\"word\"");
        Gen<string> Tree(int depth) => depth == 0 ? leaf : Gen.OneOf(
            leaf,
            Tree(depth - 1).List[0, 3].Select(items => $"[{string.Join(",", items)}]"),
            Gen.Select(keys, Tree(depth - 1)).List[0, 3].Select(members => $"{{{string.Join(",", members.Select(member => $"\"{member.Item1}\":{member.Item2}"))}}}"));
        Gen<string> places = Gen.OneOf(
            """{"model":"m","messages":[{"role":"user","content":"q","x":HERE}]}""",
            """{"model":"m","messages":[{"role":"assistant","tool_calls":HERE}]}""",
            """{"model":"m","messages":[{"role":"assistant","tool_calls":[HERE,{"function":HERE}]}]}""",
            """{"model":"m","messages":[{"role":"assistant","function_call":HERE,"reasoning":HERE}]}""",
            """{"model":"m","messages":[{"role":"tool","tool_call_id":HERE,"content":[{"type":"x","text":HERE},{"y":HERE,"type":"new"}]}]}""",
            """{"model":"m","tools":HERE,"messages":[{"role":"Bob B","content":"Bob B"}],"functions":[HERE]}""",
            """{"documents":HERE,"response_format":HERE,"z":HERE,"model":"m","messages":[{"role":"user","content":"q"}]}""");
        Gen.Select(places, Tree(3)).Sample(
            (place, tree) =>
            {
                var redacted = Redact(place.Replace("HERE", tree, StringComparison.Ordinal), "Bob B");
                using var json = JsonDocument.Parse(redacted);
                Assert.DoesNotContain("Bob B", redacted, StringComparison.Ordinal);
                Assert.DoesNotContain("B\\u006fb B", redacted, StringComparison.Ordinal);
            },
            iter: 3000);
    }

    [Fact]
    public void Of_any_body_only_what_was_found_changes()
    {
        var changed = 0;
        Bodies.Sample(
            body =>
            {
                var redacted = Redact(body, "Bob");
                AssertSame(JsonNode.Parse(body), JsonNode.Parse(redacted));
                if (ChangesNothingElse(body, redacted.Split("<NAME_1>")) > 0)
                    Interlocked.Increment(ref changed);
            },
            iter: 3000);
        Assert.True(changed > 300, $"{changed} bodies were changed");
    }

    private static string Body(string message) => $$"""{"model":"m", "messages":[{{message}}]}""";

    private static string Redact(string json, string word)
    {
        var body = Encoding.UTF8.GetBytes(json);
        using var texts = RequestTexts.Of(body, ChatRequestReader.Read(body, 64).Request!);
        var placeholders = new Placeholders();
        foreach (var text in texts)
            placeholders.Reserve(text.Utf8.Span);
        var chain = new GuardChain([Policies.Step(GuardAction.Redact, word)], texts, placeholders, TimeProvider.System);
        chain.RunAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();
        using var redacted = BodyRedaction.Apply(body, texts, chain.Redactions);
        return Encoding.UTF8.GetString(redacted.Span);
    }

    /// <summary>Between the parts of the redacted body stood the word, escaped or not, and nothing else.</summary>
    private static int ChangesNothingElse(string body, string[] parts)
    {
        var at = 0;
        for (var i = 0; i < parts.Length; i++)
        {
            Assert.Equal(parts[i], body.AsSpan(at, parts[i].Length));
            at += parts[i].Length;
            for (var letter = 0; letter < 3 && i < parts.Length - 1; letter++)
                at += body[at] == '\\' ? 6 : 1;
        }

        Assert.Equal(body.Length, at);
        return parts.Length - 1;
    }

    private static void AssertSame(JsonNode? before, JsonNode? after)
    {
        switch (before)
        {
            case JsonObject fields:
                Assert.Equal(fields.Select(field => field.Key.Replace("Bob", "<NAME_1>", StringComparison.Ordinal)), after!.AsObject().Select(field => Named(field.Key)));
                foreach (var (one, other) in fields.Zip(after.AsObject()))
                    AssertSame(one.Value, other.Value);
                break;
            case JsonArray items:
                Assert.Equal(items.Count, after!.AsArray().Count);
                foreach (var (one, other) in items.Zip(after.AsArray()))
                    AssertSame(one, other);
                break;
            default:
                Assert.Equal(before?.ToString().Replace("Bob", "<NAME_1>", StringComparison.Ordinal), after?.ToString());
                break;
        }

        static string Named(string key) => key.Replace("Bob", "<NAME_1>", StringComparison.Ordinal);
    }
}
