using System.Text;
using CsCheck;
using Gateway.Protocol;

namespace Gateway.Tests.Protocol;

[Collection(nameof(Alone))]
public sealed class ChunkReaderTests
{
    [Theory]
    [InlineData("""{"role":"assistant","content":""}""", false)]
    [InlineData("""{"role":"assistant"}""", false)]
    [InlineData("""{}""", false)]
    [InlineData("""{"content":null,"tool_calls":[],"refusal":null}""", false)]
    [InlineData("""{"content":"Hi"}""", true)]
    [InlineData("""{"reasoning":"hm"}""", true)]
    [InlineData("""{"reasoning_content":"hm"}""", true)]
    [InlineData("""{"tool_calls":[{"index":0}]}""", true)]
    [InlineData("""{"audio":{"id":"a"}}""", true)]
    [InlineData("""{"audio":{}}""", false)]
    public void Tells_what_a_caller_can_see(string delta, bool visible) =>
        Assert.Equal(visible, Read($$"""{"id":"x","choices":[{"index":0,"delta":{{delta}},"logprobs":null,"finish_reason":null}]}""").IsVisible);

    [Theory]
    [InlineData("""{"content":[{"token":"]}","logprob":-0.1}]}""", true)]
    [InlineData("[1]", true)]
    [InlineData("null", false)]
    public void Tells_where_the_log_probabilities_stand(string value, bool isThere)
    {
        var payload = Encoding.UTF8.GetBytes($$"""{"choices":[{"index":0,"delta":{"content":"a"},"logprobs":{{value}},"finish_reason":null}]}""");
        var range = ChunkReader.Read(payload).Logprobs;
        Assert.Equal(isThere ? value : "", Encoding.UTF8.GetString(range.In(payload)));
    }

    [Theory]
    [InlineData("\"stop\"", 1, false)]
    [InlineData("\"length\"", 1, false)]
    [InlineData("\"repetition\"", 1, false)]
    [InlineData("\"abort\"", 0, true)]
    [InlineData("null", 0, false)]
    public void Tells_an_end_from_an_abort(string reason, int finished, bool aborted)
    {
        var chunk = Read($$"""{"choices":[{"index":1,"delta":{},"finish_reason":{{reason}}}]}""");
        Assert.Equal((finished, aborted, 2), (chunk.Finished, chunk.IsAborted, chunk.Choices));
    }

    [Fact]
    public void Reads_usage_with_cached_tokens()
    {
        var chunk = Read("""{"choices":[],"usage":{"prompt_tokens":9,"total_tokens":12,"completion_tokens":3,"prompt_tokens_details":{"cached_tokens":4},"x":{"y":[1]}}}""");
        Assert.True(chunk.IsUsageOnly);
        Assert.Equal(new Usage(9, 3, 4), chunk.Usage);
    }

    [Theory]
    [InlineData("[DONE]", ChunkKind.Done)]
    [InlineData("""{"error": {"message": "x", "code": 500}}""", ChunkKind.Error)]
    [InlineData("""{"error":null,"choices":[]}""", ChunkKind.Part)]
    [InlineData("{", ChunkKind.Garbage)]
    [InlineData("7", ChunkKind.Garbage)]
    [InlineData("<html>", ChunkKind.Garbage)]
    [InlineData("{} {}", ChunkKind.Garbage)]
    public void Tells_the_kinds_apart(string payload, ChunkKind kind) => Assert.Equal(kind, Read(payload).Kind);

    [Fact]
    public void Takes_cut_utf8_for_garbage() =>
        Assert.Equal(ChunkKind.Garbage, ChunkReader.Read([.. "{\"choices\":[{\"delta\":{\"content\":\""u8, 0xE6, 0x97, .. "\"}}]}"u8]).Kind);

    [Fact]
    public void Any_bytes_at_all_are_some_kind_of_chunk() =>
        Gen.OneOf(Gen.Byte.Array[0, 60], Gen.String[Gen.Char["{}[]\":,choicesdelta1null "], 0, 60].Select(Encoding.UTF8.GetBytes))
            .Sample(bytes => Enum.IsDefined(ChunkReader.Read(bytes).Kind), iter: 20_000);

    [Fact]
    public void Allocates_nothing()
    {
        var payload = """{"id":"c","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":"Hi"},"logprobs":null,"finish_reason":null}]}"""u8.ToArray();
        ChunkReader.Read(payload);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            ChunkReader.Read(payload);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static Chunk Read(string payload) => ChunkReader.Read(Encoding.UTF8.GetBytes(payload));
}
