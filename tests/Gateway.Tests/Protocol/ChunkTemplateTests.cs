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

    private static readonly Gen<string> Payload = Gen.Select(Delta, Gen.OneOf("null", "\"stop\"", "\"abort\""), Gen.OneOf("}", ",\"usage\":{\"prompt_tokens\":1}}", "", "}}"))
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
