using System.Text.Json;
using CsCheck;
using Gateway.Configuration;
using Gateway.Hosting;

namespace Gateway.Tests.Cache;

/// <summary>Who may share an answer: requests that differ in anything that could matter never do.</summary>
public sealed class CacheScopeTests
{
    private static readonly Blueprint Blueprint = ScopedRequest.Blueprint();

    /// <summary>Few names and values, much alike, so that bodies often nearly agree and sometimes do.</summary>
    private static readonly Gen<string> Names = Gen.OneOf(
        "temperature", "seed", "x", "\\u0078", "xy", "", "x\\\"", "message", "messages\\u0000", "metadata", "response_format", "stream", "str\\u0065am");

    private static readonly Gen<string> Values = Gen.OneOf(
        "1", "1.0", "\"a\"", "\"\\u0061\"", "\"a\\\",\\\"x\\\":\\\"a\"", "{\"x\":1}", "{\"x\":1,\"y\":2}", "{\"y\":2,\"x\":1}", "[1,2]", "[1, 2]", "null", "true", "false", "\"\"");

    private static readonly Gen<string> Turns = Gen.OneOf(
        """{"role":"user","content":"a"}""", """{"role":"user","content":"ab"}""", """{"role":"user","content":[{"type":"text","text":"a"}]}""",
        """{"role":"user","content":"a","name":"b"}""", """{"content":"a","role":"user"}""", """{"role":"system","content":"a"}""",
        """{"role":"assistant","content":"b"}""", """{"role":"user","content":""}""", """{"role":"user","content":"\u0061"}""");

    private static readonly Gen<string> Bodies = Gen.Select(
        Gen.Select(Names, Values, (name, value) => $"\"{name}\":{value}").List[0, 2],
        Turns.List[1, 2],
        Gen.Bool,
        (more, turns, first) =>
        {
            var messages = $"\"messages\":[{string.Join(",", turns)}]";
            return $$"""{"model":"slm",{{string.Join(",", first ? more.Prepend(messages) : more.Append(messages))}}}""";
        });

    [Fact]
    public void Two_bodies_share_a_key_exactly_when_their_members_are_the_same_bytes()
    {
        var (shared, apart) = (0, 0);
        Gen.Select(Bodies, Bodies).Sample(
            (one, other) =>
            {
                if (ScopedRequest.Question(Blueprint, one) is not { } left || ScopedRequest.Question(Blueprint, other) is not { } right)
                    return;
                var isSame = Members(one).SequenceEqual(Members(other));
                Assert.Equal(isSame, left.Exact == right.Exact);
                Interlocked.Increment(ref isSame ? ref shared : ref apart);
            },
            iter: 20_000);
        Assert.True(shared > 20 && apart > 1000, $"{shared} pairs shared, {apart} did not");
    }

    [Theory]
    [InlineData("""{"model":"slm","messages":[{"role":"user","content":"a"}],"x":"b"}""", """{"model":"slm","messages":[{"role":"user","content":"a"}],"x":"b "}""")]
    [InlineData("""{"model":"slm","messages":[{"role":"user","content":"a"}],"x":"b","y":"c"}""", """{"model":"slm","messages":[{"role":"user","content":"a"}],"x":"c","y":"b"}""")]
    [InlineData("""{"model":"slm","messages":[{"role":"user","content":"a"}],"x":1}""", """{"model":"slm","messages":[{"role":"user","content":"a"}],"x1":1}""")]
    [InlineData("""{"model":"slm","messages":[{"role":"user","content":"a"}],"x":1,"x":2}""", """{"model":"slm","messages":[{"role":"user","content":"a"}],"x":2,"x":1}""")]
    [InlineData("""{"model":"slm","messages":[{"role":"user","content":"a"}],"x":{"y":1}}""", """{"model":"slm","messages":[{"role":"user","content":"a"}],"x":{},"y":1}""")]
    [InlineData("""{"model":"slm","messages":[{"role":"user","content":"a"},{"role":"assistant","content":"b"}]}""", """{"model":"slm","messages":[{"role":"user","content":"ab"},{"role":"assistant","content":""}]}""")]
    [InlineData("""{"model":"slm","messages":[{"role":"user","content":"a"}]}""", """{"model":"slm","messages":[{"role":"user","content":"a"}],"\u0073tream_":true}""")]
    [InlineData("""{"model":"slm","messages":[{"role":"user","content":"a"}]}""", """{"model":"llm","messages":[{"role":"user","content":"a"}]}""")]
    public void Poison_finds_no_way(string one, string other) =>
        Assert.NotEqual(ScopedRequest.Question(Blueprint, one)!.Exact, ScopedRequest.Question(Blueprint, other)!.Exact);

    [Fact]
    public void Only_what_stands_around_the_ask_makes_the_scope()
    {
        const string Before = """{"model":"slm","messages":[{"role":"system","content":"s"},{"role":"user","content":""";
        var one = ScopedRequest.Question(Blueprint, Before + "\"a\"}]}")!;
        var other = ScopedRequest.Question(Blueprint, Before + "\"b\"}]}")!;
        var further = ScopedRequest.Question(Blueprint, Before + "\"a\"}],\"seed\":1}")!;
        Assert.Equal(one.Scope, other.Scope);
        Assert.NotEqual(one.Exact, other.Exact);
        Assert.NotEqual(one.Scope, further.Scope);
    }

    [Fact]
    public void Callers_with_different_keys_never_share_unless_the_operator_says_so()
    {
        const string Body = """{"model":"slm","messages":[{"role":"user","content":"a"}]}""";
        (string, string)[][] callers =
        [
            [], [("Authorization", "Bearer a")], [("Authorization", "Bearer b")], [("Authorization", "Bearer a"), ("Authorization", "Bearer b")],
            [("Authorization", "Bearer a,Bearer b")], [("x-api-key", "a")], [("x-api-key", "Bearer a")], [("api-key", "a")],
            [("Authorization", "Bearer a"), ("x-api-key", "a")],
        ];
        var keys = callers.Select(headers => ScopedRequest.Question(Blueprint, Body, headers)!).ToList();
        Assert.Equal(callers.Length, keys.Select(key => key.Exact).Distinct().Count());
        Assert.Equal(callers.Length, keys.Select(key => key.Owner).Distinct().Count());
        Assert.DoesNotContain(keys, key => key.Owner.Contains("Bearer", StringComparison.Ordinal));
        var open = ScopedRequest.Blueprint(cache => cache with { Scope = CacheOptions.Everyone });
        Assert.Single(callers.Select(headers => ScopedRequest.Question(open, Body, headers)!.Exact).Distinct());
    }

    /// <summary>The members that count, names and values as they are written, in an order of their own.</summary>
    private static List<(string Name, string Value)> Members(string body)
    {
        using var document = JsonDocument.Parse(body);
        return
        [
            .. document.RootElement.EnumerateObject()
                .Where(member => member.Name is not ("model" or "stream"))
                .Select(member => (Raw(member), member.Value.GetRawText()))
                .OrderBy(member => member.Item1, StringComparer.Ordinal),
        ];
    }

    private static string Raw(JsonProperty member)
    {
        var text = member.ToString();
        return text[..^member.Value.GetRawText().Length];
    }
}
