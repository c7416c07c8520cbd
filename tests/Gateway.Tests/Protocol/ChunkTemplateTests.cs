using System.Text;
using CsCheck;
using Gateway.Protocol;

namespace Gateway.Tests.Protocol;

[Collection(nameof(Alone))]
public sealed class ChunkTemplateTests
{
    private static readonly Gen<string> Delta = Gen.OneOf(
        Gen.String[0, 6].Select(text => $"{{\"content\":{System.Text.Json.JsonSerializer.Serialize(text)}}}"),
        Gen.String[Gen.Char["ab\\\"\n{}é"], 0, 6].Select(text => $"{{\"content\":\"{text}\"}}"),
        Gen.OneOf("{}", "{\"reasoning\":\"hm\"}", "{\"role\":\"assistant\",\"content\":\"\"}", "{\"content\":\"a\",\"reasoning\":\"b\"}", "{\"tool_calls\":[{}]}"));

    private static readonly Gen<string> Payload = Gen.Select(Delta, Gen.OneOf("null", "\"stop\"", "\"abort\""), Gen.OneOf(
        Gen.OneOf("}", ",\"usage\":{\"prompt_tokens\":1}}", "", "}}"),
        Gen.Int[0, 200].Select(n => $",\"usage\":{{\"prompt_tokens\":7,\"total_tokens\":{7 + n},\"completion_tokens\":{n}}}}}"),
        Gen.OneOf("-1", "01", "1.5", "1e1", "").Select(n => $",\"usage\":{{\"prompt_tokens\":7,\"total_tokens\":9,\"completion_tokens\":{n}}}}}")))
        .Select((delta, finish, end) => $"{{\"id\":\"c\",\"choices\":[{{\"index\":0,\"delta\":{delta},\"finish_reason\":{finish}}}]{end}");

    /// <summary>Whatever it has learned, what it reads is what a parser reads.</summary>
    [Fact]
    public void Never_reads_anything_else_than_the_parser() =>
        Payload.List[1, 12].Sample(
            payloads =>
            {
                var template = new ChunkTemplate();
                foreach (var payload in payloads.Select(Encoding.UTF8.GetBytes))
                {
                    var parsed = ChunkReader.Read(payload);
                    if (template.TryRead(payload, out var chunk))
                        Assert.Equal(parsed, chunk);
                    template.Learn(payload, parsed);
                }

                template.Forget();
            },
            iter: 20_000);

    [Fact]
    public void Reads_the_counts_that_each_chunk_carries_and_where_they_stand()
    {
        var template = new ChunkTemplate();
        var first = Chunk("a", 9);
        template.Learn(first, ChunkReader.Read(first));
        var second = Chunk("bc", 10);
        Assert.True(template.TryRead(second, out var chunk));
        Assert.Equal(new Usage(7, 10, 0), chunk.Usage);
        Assert.Equal(",\"usage\":{\"prompt_tokens\":7,\"total_tokens\":17,\"completion_tokens\":10}", Encoding.UTF8.GetString(chunk.UsageMember.In(second)));
        template.Forget();

        static byte[] Chunk(string text, int tokens) => Encoding.UTF8.GetBytes(
            $"{{\"choices\":[{{\"index\":0,\"delta\":{{\"content\":\"{text}\"}}}}],\"usage\":{{\"prompt_tokens\":7,\"total_tokens\":{7 + tokens},\"completion_tokens\":{tokens}}}}}");
    }

    [Fact]
    public void Reads_what_differs_in_its_text_alone_and_no_cut_text()
    {
        var template = new ChunkTemplate();
        var first = Encoding.UTF8.GetBytes("""{"choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":null}]}""");
        template.Learn(first, ChunkReader.Read(first));
        Assert.True(template.TryRead(Encoding.UTF8.GetBytes("""{"choices":[{"index":0,"delta":{"content":" 日本"},"finish_reason":null}]}"""), out var chunk));
        Assert.True(chunk.IsVisible);
        Assert.False(template.TryRead([.. "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\""u8, 0xE6, 0x97, .. "\"},\"finish_reason\":null}]}"u8], out _));
        Assert.False(template.TryRead(Encoding.UTF8.GetBytes("""{"choices":[{"index":0,"delta":{"content":"a","x":"b"},"finish_reason":null}]}"""), out _));
        template.Forget();
    }
}
