using System.Text.Json;
using Gateway.Tests.Running;

namespace Gateway.Tests.Cache;

/// <summary>An answer is stored once, and handed out as JSON or as a stream, whichever it was.</summary>
public sealed class CacheFormTests : IAsyncLifetime
{
    private GatewayApplication _gateway = null!;

    public async ValueTask InitializeAsync() => _gateway = await CachedGateway.StartAsync();

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task A_plain_answer_becomes_a_stream()
    {
        using var first = await _gateway.ChatAsync(Ask.Chat());
        using var plain = JsonDocument.Parse(await first.Content.ReadAsStringAsync());
        await _gateway.SettleAsync();
        using var second = await _gateway.ChatAsync(Ask.Chat(stream: true));
        Assert.Equal("hit exact", ChatTests.Header(second, CachedGateway.Header));
        Assert.Equal("text/event-stream", second.Content.Headers.ContentType!.MediaType);
        var events = await Events.ReadAsync(second);
        Assert.True(events.IsDone);
        Assert.Equal(["stop"], events.FinishReasons);
        Assert.Equal(Message(plain).GetProperty("content").GetString(), events.Text);
        var chunks = events.Chunks.ToList();
        Assert.All(chunks, chunk => Assert.Equal($"chatcmpl-{ChatTests.Header(second, "x-gateway-request-id")}", chunk.GetProperty("id").GetString()));
        Assert.All(chunks, chunk => Assert.Equal(plain.RootElement.GetProperty("created").GetInt64(), chunk.GetProperty("created").GetInt64()));
        Assert.Equal("assistant", chunks[0].GetProperty("choices")[0].GetProperty("delta").GetProperty("role").GetString());
        Assert.DoesNotContain(chunks, chunk => chunk.TryGetProperty("usage", out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData(",\"stream_options\":{\"include_usage\":true}")]
    public async Task A_stream_becomes_the_plain_answer_that_it_would_have_been(string options)
    {
        // The same ask under two keys: an upstream's own plain answer to compare with.
        using var direct = await _gateway.ChatAsync(Ask.Chat(), ("Authorization", "Bearer other"));
        using var wanted = JsonDocument.Parse(await direct.Content.ReadAsStringAsync());
        using var first = await _gateway.ChatAsync(Ask.Chat(stream: true, more: options.TrimStart(',') is { Length: > 0 } more ? more : null));
        await Events.ReadAsync(first);
        await _gateway.SettleAsync();
        using var second = await _gateway.ChatAsync(Ask.Chat());
        Assert.Equal("hit exact", ChatTests.Header(second, CachedGateway.Header));
        using var plain = JsonDocument.Parse(await second.Content.ReadAsStringAsync());
        Assert.Equal("chat.completion", plain.RootElement.GetProperty("object").GetString());
        Assert.Equal(["id", "object", "created", "model", "choices", "usage", "system_fingerprint"], plain.RootElement.EnumerateObject().Select(member => member.Name));
        Assert.Equal(Message(wanted).GetProperty("content").GetString(), Message(plain).GetProperty("content").GetString());
        Assert.Equal("stop", plain.RootElement.GetProperty("choices")[0].GetProperty("finish_reason").GetString());
        foreach (var count in new[] { "prompt_tokens", "completion_tokens", "total_tokens" })
            Assert.Equal(Count(wanted, count), Count(plain, count));
    }

    [Fact]
    public async Task A_stream_is_streamed_again_with_the_usage_if_it_is_asked_for()
    {
        using var first = await _gateway.ChatAsync(Ask.Chat(stream: true));
        var original = await Events.ReadAsync(first);
        await _gateway.SettleAsync();
        using var second = await _gateway.ChatAsync(Ask.Chat(stream: true, more: "\"stream_options\":{\"include_usage\":true}"));
        Assert.Equal("hit exact", ChatTests.Header(second, CachedGateway.Header));
        var again = await Events.ReadAsync(second);
        Assert.Equal(original.Text, again.Text);
        var usage = again.Chunks.Last();
        Assert.Equal(0, usage.GetProperty("choices").GetArrayLength());
        Assert.True(usage.GetProperty("usage").GetProperty("completion_tokens").GetInt32() > 0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Log_probabilities_come_again(bool stream)
    {
        const string More = "\"logprobs\":true,\"top_logprobs\":1";
        using var first = await _gateway.ChatAsync(Ask.Chat(stream: stream, more: More));
        var answer = await first.Content.ReadAsStringAsync();
        await _gateway.SettleAsync();
        using var second = await _gateway.ChatAsync(Ask.Chat(stream: !stream, more: More));
        Assert.Equal("hit exact", ChatTests.Header(second, CachedGateway.Header));
        Assert.Equal(Occurrences(answer, "\"top_logprobs\""), Occurrences(await second.Content.ReadAsStringAsync(), "\"top_logprobs\""));
    }

    [Fact]
    public async Task A_paced_stream_says_the_same_in_pieces()
    {
        await using var gateway = await CachedGateway.StartAsync(cache => cache with { Pace = TimeSpan.FromMilliseconds(1) });
        using var first = await gateway.ChatAsync(Ask.Chat(stream: true));
        var original = await Events.ReadAsync(first);
        await gateway.SettleAsync();
        using var second = await gateway.ChatAsync(Ask.Chat(stream: true));
        Assert.Equal("hit exact", ChatTests.Header(second, CachedGateway.Header));
        var again = await Events.ReadAsync(second);
        Assert.Equal(original.Text, again.Text);
        Assert.True(again.Payloads.Count > 4, $"{again.Payloads.Count} payloads");
    }

    private static JsonElement Message(JsonDocument answer) => answer.RootElement.GetProperty("choices")[0].GetProperty("message");

    private static int Count(JsonDocument answer, string name) => answer.RootElement.GetProperty("usage").GetProperty(name).GetInt32();

    private static int Occurrences(string text, string of) => text.Split(of).Length - 1;
}
