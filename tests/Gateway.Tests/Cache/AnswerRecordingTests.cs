using System.Text;
using System.Text.Json;
using CsCheck;
using Gateway.Cache.Answers;

namespace Gateway.Tests.Cache;

/// <summary>A stream is taken down with its text run together, and is what it was.</summary>
public sealed class AnswerRecordingTests
{
    private const string Head = """data: {"id":"c","object":"chat.completion.chunk","created":7,"model":"m","choices":[{"index":0,"delta":""";
    private const string Role = Head + """{"role":"assistant","content":""},"logprobs":null,"finish_reason":null}],"prompt_token_ids":null}""" + "\n\n";
    private const string End = Head + """{},"logprobs":null,"finish_reason":"stop","stop_reason":null}]}""" + "\n\n";
    private const string Usage = """data: {"id":"c","object":"chat.completion.chunk","created":7,"model":"m","choices":[],"usage":{"prompt_tokens":3,"total_tokens":5,"completion_tokens":2}}""" + "\n\n";
    private const string Done = "data: [DONE]\n\n";

    private static string Text(string content, string name = "content") => Head + $$$"""{"{{{name}}}":{{{JsonSerializer.Serialize(content)}}}},"logprobs":null,"finish_reason":null}]}""" + "\n\n";

    [Fact]
    public void However_it_is_cut_it_says_the_same() =>
        Gen.Select(Gen.OneOf("a", "\n", "\"", "\\", "é", "😀", "\\u0041", "}", "data: ", "", "\"}]").List[0, 12], Gen.Int[1, 40].List[1, 20]).Sample((texts, cuts) =>
        {
            var stream = Encoding.UTF8.GetBytes(Role + ": keep-alive\n\n" + Text("think", "reasoning") + string.Concat(texts.Select(text => Text(text))) + End + Usage + Done);
            using var recording = new AnswerRecording(1 << 20);
            for (var (at, i) = (0, 0); at < stream.Length; i++)
            {
                var length = Math.Min(cuts[i % cuts.Count], stream.Length - at);
                recording.Append(stream.AsSpan(at, length));
                at += length;
            }

            using var answer = Stored(recording);
            var message = answer.RootElement.GetProperty("choices")[0].GetProperty("message");
            Assert.Equal(string.Concat(texts), message.GetProperty("content").GetString());
            Assert.Equal("think", message.GetProperty("reasoning").GetString());
            Assert.Equal(5, answer.RootElement.GetProperty("usage").GetProperty("total_tokens").GetInt32());
        });

    [Fact]
    public void Members_stand_in_the_order_that_OpenAI_writes_them()
    {
        using var recording = Recorded(Role + Text("Hi") + Head + """{},"finish_reason":"stop"}],"system_fingerprint":"f","service_tier":"s"}""" + "\n\n" + Usage + Done);
        using var answer = Stored(recording);
        Assert.Equal(["id", "object", "created", "model", "choices", "usage", "service_tier", "system_fingerprint"], Names(answer.RootElement));
        var choice = answer.RootElement.GetProperty("choices")[0];
        Assert.Equal(["index", "message", "logprobs", "finish_reason"], Names(choice));
        Assert.Equal(["role", "content", "refusal"], Names(choice.GetProperty("message")));
    }

    [Theory]
    [InlineData(Role + End + Done, "empty")]
    [InlineData(Role + Done, "incomplete")]
    [InlineData(Role + Head + """{"content":"a"},"finish_reason":"length"}]}""" + "\n\n" + Done, "truncated")]
    [InlineData(Role + Head + """{"content":"a"},"finish_reason":"content_filter"}]}""" + "\n\n" + Done, "refused")]
    [InlineData(Role + Head + """{"content":"a"},"finish_reason":"gave_up"}]}""" + "\n\n" + Done, "form")]
    [InlineData(Role + Head + """{"content":"I'm sorry, but I can't help with that."},"finish_reason":"stop"}]}""" + "\n\n" + Done, "refused")]
    [InlineData(Role + Head + """{"refusal":"no"},"finish_reason":"stop"}]}""" + "\n\n" + Done, "refused")]
    [InlineData(Role + Head + """{"tool_calls":[{"index":0}]},"finish_reason":"tool_calls"}]}""" + "\n\n" + Done, "tool calls")]
    [InlineData(Role + Head + """{"content":"a","audio":{"id":"1"}},"finish_reason":"stop"}]}""" + "\n\n" + Done, "form")]
    [InlineData(Role + Head + """{"content":[{"type":"text"}]},"finish_reason":"stop"}]}""" + "\n\n" + Done, "form")]
    [InlineData(Role + Head + """{"content":"a"},"finish_reason":"stop","odd":1}]}""" + "\n\n" + Done, "form")]
    [InlineData(Role + Head + """{"content":"a"},"finish_reason":"stop"}],"odd":1}""" + "\n\n" + Done, "form")]
    [InlineData(Role + """data: {"choices":[{"index":1,"delta":{"content":"a"},"finish_reason":"stop"}]}""" + "\n\n" + Done, "form")]
    public void What_is_not_fit_to_be_given_again_is_told_by_its_flaw(string stream, string flaw)
    {
        using var recording = Recorded(stream);
        var pieces = recording.Read();
        Assert.Equal(flaw, Fitness.FlawOf(pieces, AnswerJson.Write(pieces, null)));
    }

    [Fact]
    public void What_is_longer_than_allowed_is_let_go()
    {
        using var recording = new AnswerRecording(2000);
        for (var i = 0; i < 1000; i++)
            recording.Append(Encoding.UTF8.GetBytes(Text("0123456789")));
        Assert.False(recording.IsWhole);
    }

    [Fact]
    public void A_thousand_tokens_take_little_more_than_their_text_and_allocate_nothing()
    {
        using var recording = new AnswerRecording(8000);
        var chunk = Encoding.UTF8.GetBytes(Text(" word"));
        recording.Append(Encoding.UTF8.GetBytes(Role));
        for (var i = 0; i < 500; i++)
            recording.Append(chunk);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 200; i++)
            recording.Append(chunk);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        for (var i = 0; i < 300; i++)
            recording.Append(chunk);
        recording.Append(Encoding.UTF8.GetBytes(End));
        Assert.True(recording.IsWhole);
        Assert.Equal(5000, recording.Read().Content.Length);
    }

    private static AnswerRecording Recorded(string stream)
    {
        var recording = new AnswerRecording(1 << 20);
        recording.Append(Encoding.UTF8.GetBytes(stream));
        return recording;
    }

    private static JsonDocument Stored(AnswerRecording recording) => JsonDocument.Parse(AnswerJson.Write(recording.Read(), null));

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(member => member.Name);
}
