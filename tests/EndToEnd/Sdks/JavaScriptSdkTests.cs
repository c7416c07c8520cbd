using System.Text.Json;
using Gateway.EndToEnd.Processes;
using Gateway.Simulator;

namespace Gateway.EndToEnd.Sdks;

/// <summary>OpenAI's own JavaScript SDK, with nothing changed but its address. The scripts are in <c>clients</c>.</summary>
public sealed class JavaScriptSdkTests(SdkGateway gateway) : IClassFixture<SdkGateway>
{
    [Fact]
    public async Task A_plain_answer_is_read()
    {
        var outcome = await RunAsync("plain.mjs");
        Assert.NotEmpty(Text(outcome, "text")!);
        Assert.Equal("stop", Text(outcome, "finish"));
        Assert.Equal("chat", Text(outcome, "pool"));
    }

    [Theory]
    [InlineData("stream.mjs")]
    [InlineData("stream-helper.mjs")]
    public async Task A_streamed_answer_is_read(string script)
    {
        var outcome = await RunAsync(script);
        Assert.NotEmpty(Text(outcome, "text")!);
        Assert.Equal("stop", Text(outcome, "finish"));
        Assert.True(outcome.GetProperty("chunks").GetInt32() > 10);
    }

    [Fact]
    public async Task A_streamed_tool_call_is_put_together()
    {
        var outcome = await RunAsync("tool-call.mjs");
        Assert.Equal("read_file", Text(outcome, "name"));
        Assert.Equal(["path"], outcome.GetProperty("arguments").EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public async Task Embeddings_are_the_same_in_base64_and_in_numbers()
    {
        var outcome = await RunAsync("embeddings.mjs");
        var (decoded, floats) = (Vectors(outcome, "decoded"), Vectors(outcome, "floats"));
        Assert.Equal([64, 64], decoded.Select(vector => vector.Length));
        Assert.NotEqual(decoded[0], decoded[1]);
        Assert.Equal(floats, decoded);
    }

    [Fact]
    public async Task The_models_are_listed()
    {
        var outcome = await RunAsync("models.mjs", "openai/chat");
        Assert.Equal(["chat", "tools", "openai/chat"], outcome.GetProperty("listed").EnumerateArray().Select(id => id.GetString()));
        Assert.Equal("openai/chat", Text(outcome.GetProperty("one"), "id"));
    }

    [Fact]
    public async Task An_unknown_model_raises_NotFoundError()
    {
        var outcome = await RunAsync("plain.mjs", "nope");
        Assert.Equal("NotFoundError", Text(outcome, "raised"));
        Assert.Equal(404, outcome.GetProperty("status").GetInt32());
        Assert.Equal("model_not_found", Text(outcome, "code"));
        Assert.Equal("model", Text(outcome, "param"));
        Assert.Contains("Known models: chat, tools", Text(outcome, "message"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("stream.mjs", "cut-after=5")]
    [InlineData("stream.mjs", "abort-after=5")]
    [InlineData("stream.mjs", "stall-after=5")]
    [InlineData("stream.mjs", "error-frame-after=5")]
    [InlineData("stream-helper.mjs", "cut-after=5")]
    public async Task A_stream_that_breaks_raises_APIError(string script, string fault)
    {
        gateway.Replica.Faults.Next(Fault.Parse(fault));
        var outcome = await RunAsync(script);
        Assert.Equal("APIError", Text(outcome, "raised"));
        Assert.Equal("upstream_interrupted", Text(outcome, "code"));
        Assert.StartsWith("The answer is incomplete: ", Text(outcome, "message"), StringComparison.Ordinal);
        Assert.True(outcome.GetProperty("seen").GetProperty("chunks").GetInt32() > 1);
    }

    private static string? Text(JsonElement outcome, string name) => outcome.GetProperty(name).GetString();

    private static float[][] Vectors(JsonElement outcome, string name) => outcome.GetProperty(name).Deserialize<float[][]>()!;

    private async Task<JsonElement> RunAsync(string script, string model = "chat")
    {
        var finished = await RunningProgram.RunAsync(Places.Node, [script, gateway.BaseUrl.ToString(), model], Places.Clients);
        Assert.True(finished.Code == 0, finished.Errors);
        using var outcome = JsonDocument.Parse(finished.Out);
        return outcome.RootElement.Clone();
    }
}
