using System.Text;
using System.Text.Json;
using CsCheck;
using Gateway.Completions.Prompts;
using Gateway.Protocol;
using Gateway.Routing.Balancing;

namespace Gateway.Tests.Completions.Prompts;

public sealed class PromptBlocksTests
{
    private static readonly string System = Words("be careful", 400);
    private static readonly string First = Words("first question", 300);
    private static readonly string Answer = Words("an answer", 300);

    [Fact]
    public void A_further_turn_leaves_all_earlier_blocks_as_they_are()
    {
        var before = Of(Body(Message("system", System), Message("user", First)));
        var after = Of(Body(Message("system", System), Message("user", First), Message("assistant", Answer), Message("user", "and then?")));
        Assert.InRange(before.Length, 2, after.Length - 1);
        Assert.Equal(before, after[..before.Length]);
    }

    [Fact]
    public void Blocks_are_64_tokens_of_four_bytes()
    {
        var request = Read(Body(Message("user", new string('a', 2558))), out var blocks);
        Assert.Equal((640, 10), (request.PromptTokens, blocks.Length));
        request = Read(Body(Message("user", new string('a', 2557))), out blocks);
        Assert.Equal((639, 9), (request.PromptTokens, blocks.Length));
    }

    [Theory]
    [InlineData("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"other\"}}]", "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"shell\"}}]")]
    [InlineData("\"cache_salt\":\"one\"", "\"cache_salt\":\"two\"")]
    [InlineData("\"cache_salt\":\"one\"", "\"n\":1")]
    public void Other_tools_or_another_salt_share_nothing(string one, string other)
    {
        var (a, b) = (Of(Body(one, Message("user", First))), Of(Body(other, Message("user", First))));
        Assert.NotEqual(a[0], b[0]);
        Assert.NotEqual(a[^1], b[^1]);
    }

    [Fact]
    public void The_order_of_fields_white_space_and_what_is_not_rendered_make_no_difference()
    {
        var plain = Of($$"""{"model":"m","tools":[{"a":1}],"messages":[{"role":"user","content":"{{First}}"}]}""");
        var other = Of($$"""{ "temperature" : 0.5, "messages" : [ { "content" : "{{First}}", "name" : "ann", "role" : "user" } ],  "tools" : [{"a":1}], "model" : "other" }""");
        Assert.Equal(plain, other);
    }

    [Fact]
    public void A_text_is_the_same_as_a_string_and_as_a_part()
    {
        var parts = $$$"""{"role":"user","content":[{"type":"text","text":"{{{First}}}","cache_control":{"type":"ephemeral"}}]}""";
        Assert.Equal(Of(Body(Message("user", First))), Of(Body(parts)));
    }

    [Fact]
    public void Who_says_it_and_where_turns_end_count()
    {
        Assert.NotEqual(Of(Body(Message("user", First)))[0], Of(Body(Message("assistant", First)))[0]);
        Assert.NotEqual(
            Of(Body(Message("user", First + First)))[^1],
            Of(Body(Message("user", First), Message("user", First)))[^1]);
    }

    [Fact]
    public void An_image_counts_by_what_it_is_and_not_by_its_bytes()
    {
        var small = Read(Body(Image("AAAA")), out var blocks);
        var large = Read(Body(Image(new string('B', 100_000))), out var others);
        Assert.Equal(small.PromptTokens, large.PromptTokens);
        Assert.InRange(large.PromptTokens, 256, 260);
        Assert.NotEqual(blocks[0], others[0]);
    }

    [Fact]
    public void Blocks_end_at_the_cap_and_tokens_do_not()
    {
        var request = Read(Body(Message("user", new string('a', 800_000))), out var blocks);
        Assert.Equal(PickRequest.MostBlocks, blocks.Length);
        Assert.InRange(request.PromptTokens, 200_000, 200_010);
    }

    [Fact]
    public void Where_the_pieces_are_cut_makes_no_difference() =>
        Gen.Select(Gen.Byte.Array[0, 3000], Gen.Int[0, 700].Array[1, 12]).Sample((bytes, cuts) =>
        {
            var (whole, cut) = (new ulong[8], new ulong[8]);
            var one = new BlockHasher(whole, stackalloc byte[BlockHasher.BlockBytes]);
            one.Add(bytes);
            var many = new BlockHasher(cut, stackalloc byte[BlockHasher.BlockBytes]);
            var rest = bytes.AsSpan();
            foreach (var length in cuts)
            {
                many.Add(rest[..Math.Min(length, rest.Length)]);
                rest = rest[Math.Min(length, rest.Length)..];
            }

            many.Add(rest);
            Assert.Equal(whole, cut);
            Assert.Equal((one.Count, one.Bytes), (many.Count, many.Bytes));
        });

    [Fact]
    public void Reading_allocates_only_the_object_itself()
    {
        var body = Encoding.UTF8.GetBytes(Body(Message("system", Words("x y", 100_000)), Message("user", First)));
        var request = ChatRequestReader.Read(body, 64).Request!;
        PromptBlocks.Read(body, request).Dispose();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10; i++)
            PromptBlocks.Read(body, request).Dispose();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10 * 64);
    }

    private static string Words(string words, int bytes) => string.Concat(Enumerable.Repeat(words + ". ", (bytes / (words.Length + 2)) + 1));

    private static string Message(string role, string content) => $$"""{"role":"{{role}}","content":{{JsonSerializer.Serialize(content)}}}""";

    private static string Image(string data) =>
        $$$"""{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,{{{data}}}"}}]}""";

    private static string Body(params string[] messages)
    {
        var members = messages.Where(text => text[0] == '"').Select(text => text + ",");
        return $$"""{"model":"m",{{string.Concat(members)}}"messages":[{{string.Join(',', messages.Where(text => text[0] == '{'))}}]}""";
    }

    private static ulong[] Of(string body)
    {
        Read(body, out var blocks);
        return blocks;
    }

    private static PickRequest Read(string body, out ulong[] blocks)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var (request, error) = ChatRequestReader.Read(bytes, 64);
        Assert.Null(error);
        using var prompt = PromptBlocks.Read(bytes, request!);
        blocks = prompt.Request.Blocks.ToArray();
        return prompt.Request;
    }
}
