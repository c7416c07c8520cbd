using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Gateway.Protocol;

namespace Gateway.Tests.Protocol;

[Collection(nameof(Alone))]
public sealed class RequestSpliceTests
{
    private const string Messages = "\"messages\":[{\"role\":\"user\",\"content\":\"héllo \\u00e9\"}]";

    [Theory]
    [InlineData("""{"model":"auto",MSG,"stream":true}""", """{"model":"org/m",MSG,"stream":true,"stream_options":{"include_usage":true}}""")]
    [InlineData("""{"model":"auto",MSG,"stream":true,"stream_options":null}""", """{"model":"org/m",MSG,"stream":true,"stream_options":{"include_usage":true}}""")]
    [InlineData("""{"stream_options":{},MSG,"stream":true,"model":"auto"}""", """{"stream_options":{"include_usage":true},MSG,"stream":true,"model":"org/m"}""")]
    [InlineData("""{"stream_options":{"x":[1]},MSG,"stream":true,"model":"auto"}""", """{"stream_options":{"include_usage":true,"x":[1]},MSG,"stream":true,"model":"org/m"}""")]
    [InlineData("""{"model":"auto","stream_options":{"include_usage": false },MSG,"stream":true}""", """{"model":"org/m","stream_options":{"include_usage": true },MSG,"stream":true}""")]
    [InlineData("""{"model":"auto","stream_options":{"include_usage":true},MSG,"stream":true}""", """{"model":"org/m","stream_options":{"include_usage":true},MSG,"stream":true}""")]
    [InlineData("""{ "model" : "auto" , MSG , "zzz":{"model":"keep"} }""", """{ "model" : "org/m" , MSG , "zzz":{"model":"keep"} }""")]
    public async Task Changes_the_model_and_the_usage_switch_and_nothing_else(string body, string spliced) =>
        Assert.Equal(spliced.Replace("MSG", Messages, StringComparison.Ordinal), await SpliceAsync(body.Replace("MSG", Messages, StringComparison.Ordinal)));

    [Theory]
    [InlineData("null", """{"include_usage":true,"continuous_usage_stats":true}""")]
    [InlineData("""{"include_usage":true}""", """{"continuous_usage_stats":true,"include_usage":true}""")]
    [InlineData("""{"include_usage":false}""", """{"include_usage":true,"continuous_usage_stats":true}""")]
    [InlineData("""{"include_usage":true,"continuous_usage_stats":false}""", """{"include_usage":true,"continuous_usage_stats":false}""")]
    [InlineData("""{"continuous_usage_stats":true}""", """{"include_usage":true,"continuous_usage_stats":true}""")]
    public async Task Asks_for_the_usage_so_far_and_names_no_member_twice(string options, string asked)
    {
        var body = $$"""{"model":"auto",{{Messages}},"stream":true,"stream_options":{{options}}}""";
        var expected = $$"""{"model":"org/m",{{Messages}},"stream":true,"stream_options":{{asked}}}""";
        Assert.Equal(expected, await SpliceAsync(body, wantsRunningUsage: true));
    }

    [Theory]
    [InlineData("""{"model":"auto",MSG}""", """{"model":"org/m","logprobs":true,"top_logprobs":2,MSG}""")]
    [InlineData("""{MSG,"stream":true,"model":"auto"}""", """{MSG,"stream":true,"model":"org/m","stream_options":{"include_usage":true},"logprobs":true,"top_logprobs":2}""")]
    [InlineData("""{"logprobs":false,MSG,"model":"auto","top_logprobs":0}""", """{"logprobs":true,MSG,"model":"org/m","top_logprobs":2}""")]
    [InlineData("""{"model":"auto",MSG,"logprobs": null }""", """{"model":"org/m","top_logprobs":2,MSG,"logprobs": true }""")]
    public async Task Asks_for_log_probabilities_where_the_caller_does_not(string body, string spliced)
    {
        body = body.Replace("MSG", Messages, StringComparison.Ordinal);
        var (request, _) = ChatRequestReader.Read(Encoding.UTF8.GetBytes(body), 64);
        Assert.True(LogprobsSwitch.CanTurnOn(Encoding.UTF8.GetBytes(body), request!));
        Assert.Equal(spliced.Replace("MSG", Messages, StringComparison.Ordinal), await SpliceAsync(body, wantsLogprobs: true));
    }

    [Theory]
    [InlineData("\"logprobs\":true")]
    [InlineData("\"logprobs\":\"yes\"")]
    [InlineData("\"top_logprobs\":1")]
    [InlineData("\"logprobs\":false,\"top_logprobs\":5")]
    public void Leaves_what_the_caller_says_of_log_probabilities(string members)
    {
        var body = Encoding.UTF8.GetBytes($$"""{"model":"auto",{{Messages}},{{members}}}""");
        Assert.False(LogprobsSwitch.CanTurnOn(body, ChatRequestReader.Read(body, 64).Request!));
    }

    [Theory]
    [InlineData("""{"model":"auto",MSG}""", 7, """{"model":"org/m","priority":7,MSG}""")]
    [InlineData("""{"priority": -3 ,MSG,"model":"auto"}""", int.MinValue, """{"priority": -2147483648 ,MSG,"model":"org/m"}""")]
    [InlineData("""{MSG,"stream":true,"model":"auto","priority":[{"priority":1}]}""", 0, """{MSG,"stream":true,"model":"org/m","priority":0,"stream_options":{"include_usage":true}}""")]
    [InlineData("""{"prior\u0069ty":"soon","model":"auto",MSG,"x":{"priority":1}}""", -1, """{"prior\u0069ty":-1,"model":"org/m",MSG,"x":{"priority":1}}""")]
    [InlineData("""{"model":"auto",MSG,"priority":9}""", null, """{"model":"org/m",MSG,"priority":9}""")]
    public async Task A_priority_takes_the_place_of_the_caller_s_own(string body, int? priority, string spliced) =>
        Assert.Equal(
            spliced.Replace("MSG", Messages, StringComparison.Ordinal),
            await SpliceAsync(body.Replace("MSG", Messages, StringComparison.Ordinal), priority: priority));

    /// <summary>Whatever members a body has in whatever order, the splice parses to the same with the members set that it shall set.</summary>
    [Fact]
    public void Any_body_keeps_every_other_member()
    {
        var extra = Gen.Select(Gen.String[Gen.Char['a', 'e'], 1, 4], Gen.OneOf("1", "\"\\n\"", "[1,{\"model\":2}]", "{\"stream\":false}", "null"));
        var body = Gen.Select(extra.List[0, 6], Gen.Bool, Gen.OneOf((string?)null, "null", "{}", "{\"include_usage\":false}", "{\"b\":1}"), Gen.Int[0, 1000]);
        body.Sample((members, stream, options, seed) =>
        {
            var wantsLogprobs = seed % 2 == 0;
            var fields = members.DistinctBy(member => member.Item1).Select(member => $"\"x{member.Item1}\":{member.Item2}").ToList();
            fields.AddRange(["\"model\":\"auto\"", Messages, $"\"stream\":{(stream ? "true" : "false")}"]);
            if (seed % 4 == 0)
                fields.AddRange(["\"logprobs\":false", "\"top_logprobs\":null"]);
            int? priority = seed % 3 == 0 ? seed - 500 : null;
            if (seed % 5 == 0)
                fields.Add($"\"priority\":{(seed % 2 == 0 ? "12" : "null")}");
            if (options is not null)
                fields.Add($"\"stream_options\":{options}");
            new Random(seed).Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(fields));
            var original = $"{{{string.Join(',', fields)}}}";
            var expected = JsonNode.Parse(original)!.AsObject();
            expected["model"] = "org/m";
            if (wantsLogprobs)
                (expected["logprobs"], expected["top_logprobs"]) = (true, 2);
            if (priority is not null)
                expected["priority"] = priority;
            if (stream)
            {
                expected["stream_options"] ??= new JsonObject();
                expected["stream_options"]!["include_usage"] = true;
            }

            Assert.True(JsonNode.DeepEquals(expected, JsonNode.Parse(SpliceAsync(original, wantsLogprobs, priority).GetAwaiter().GetResult())));
        });
    }

    private static async Task<string> SpliceAsync(string text, bool wantsLogprobs = false, int? priority = null, bool wantsRunningUsage = false)
    {
        var body = Encoding.UTF8.GetBytes(text);
        var copy = body.ToArray();
        var (request, error) = ChatRequestReader.Read(body, 64);
        Assert.Null(error);
        var splice = RequestSplice.Of(body, request!, JsonSerializer.SerializeToUtf8Bytes("org/m"), wantsLogprobs, priority, wantsRunningUsage);
        using var written = new MemoryStream();
        await splice.WriteToAsync(written, CancellationToken.None);
        Assert.Equal(splice.Length, written.Length);
        Assert.Equal(copy, body);
        return Encoding.UTF8.GetString(written.ToArray());
    }
}
