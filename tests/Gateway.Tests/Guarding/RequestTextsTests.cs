using System.Text;
using Gateway.Guarding.Requests;
using Gateway.Guardrails;
using Gateway.Protocol;

namespace Gateway.Tests.Guarding;

/// <summary>Which texts of a request guards are shown.</summary>
public sealed class RequestTextsTests
{
    [Theory]
    [InlineData("""{"role":"system","content":"a"}""", "System|a")]
    [InlineData("""{"content":"a","role":"developer"}""", "System|a")]
    [InlineData("""{"role":"user","content":"a","name":"Ann"}""", "User|a", "User|Ann")]
    [InlineData("""{"role":"user","content":[{"type":"text","text":"a"},{"type":"input_text","text":"b"},{"type":"refusal","refusal":"c"}]}""", "User|a", "User|b", "User|c")]
    [InlineData("""{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://a.example/b.png","detail":"low"}}]}""", "User|https://a.example/b.png")]
    [InlineData("""{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"},"text":"a"}]}""", "User|a")]
    [InlineData("""{"role":"user","content":[{"type":"input_audio","input_audio":{"data":"UklGRg==","format":"wav"}},{"type":"text","text":"a"}]}""", "User|a")]
    [InlineData("""{"role":"user","content":[{"type":"file","file":{"file_data":"JVBERi0=","filename":"the plan.pdf"}}]}""", "User|the plan.pdf")]
    [InlineData("""{"role":"user","content":[{"type":"image_embeds","image_embeds":{"a":"AA=="}},{"type":"new","thing":{"said":"a"}}]}""", "User|{\"said\":\"a\"}")]
    [InlineData("""{"role":"assistant","content":null,"reasoning":"a","reasoning_content":"b","refusal":"c","unknown":"d"}""", "Reasoning|a", "Reasoning|b", "Assistant|c", "Assistant|d")]
    [InlineData("""{"role":"assistant","content":[{"type":"thinking","thinking":"a"}]}""", "Reasoning|a")]
    [InlineData("""{"role":"tool","content":"a","tool_call_id":"call_1"}""", "Tool|a")]
    [InlineData("""{"role":"tool","content":"","tool_call_id":"say it aloud"}""", "Tool|say it aloud")]
    [InlineData("""{"role":"narrator","content":"a"}""", "Other|narrator", "Other|a")]
    [InlineData("""{"role":"\u0075ser","cont\u0065nt":"\u0061\n\ud83d\ude00\ud800"}""", "User|a\n😀\uFFFD")]
    [InlineData("""{"role":"assistant","tool_calls":[{"id":"c1","type":"function","function":{"arguments":"{\"x\":1}","name":"f"}}]}""", "Arguments f|{\"x\":1}")]
    [InlineData("""{"role":"assistant","tool_calls":[{"id":"c1","function":{"name":"f"}},{"custom":{"name":"g","input":"a"}}]}""", "Arguments f|", "Arguments g|a")]
    [InlineData("""{"role":"assistant","tool_calls":[{"function":{"name":"do this","arguments":{"x":["\n"]}}}]}""", "Assistant|do this", "Arguments do this|{\"x\":[\"\\n\"]}")]
    [InlineData("""{"role":"assistant","content":"a","function_call":{"name":"f","arguments":"{}"}}""", "Assistant|a", "Arguments f|{}")]
    [InlineData("""{"role":"assistant","tool_calls":[{"function":{"name":"f","arguments":"{\"x\":\"\\uac00\\u0022\\n\\\\u0061\"}"}}]}""", "Arguments f|{\"x\":\"가\\u0022\\n\\\\u0061\"}")]
    public void Of_a_message(string message, params string[] texts) =>
        Assert.Equal(texts, Read($$"""{"model":"m","messages":[{{message}}]}""").Select(text => text.Replace("@0", "", StringComparison.Ordinal)));

    [Theory]
    [InlineData("\"tools\":[{\"type\":\"function\",\"function\":{\"description\":\"a\",\"name\":\"f\"}}]", "Definition f|{\"type\":\"function\",\"function\":{\"description\":\"a\",\"name\":\"f\"}}")]
    [InlineData("\"tools\":[{\"name\":\"g\",\"x\":{\"name\":\"h\"},\"description\":\"\\u0061\"}]", "Definition g|{\"name\":\"g\",\"x\":{\"name\":\"h\"},\"description\":\"a\"}")]
    [InlineData("\"functions\":[{\"name\":\"f\"}]", "Definition f|{\"name\":\"f\"}")]
    [InlineData("\"response_format\":{\"type\":\"text\"}", "System|{\"type\":\"text\"}")]
    [InlineData("\"documents\":[{\"text\":\"a\"}]", "Tool|[{\"text\":\"a\"}]")]
    [InlineData("\"chat_template_kwargs\":{\"a\":\"b\"},\"prompt\":\"c\",\"suffix\":\"d\"", "Other|{\"a\":\"b\"}", "User|c", "User|d")]
    [InlineData("\"next_year\":\"a\",\"user\":\"b\"", "Other|a", "Other|b")]
    [InlineData("\"stop\":[\"a\"],\"guided_regex\":\"b\",\"logit_bias\":{\"1\":2},\"seed\":3,\"stream\":true,\"tool_choice\":\"auto\"")]
    public void Of_other_members(string members, params string[] texts) =>
        Assert.Equal(["User@0|q", .. texts], Read($$"""{"model":"m","messages":[{"role":"user","content":"q"}],{{members}}}"""));

    [Fact]
    public void Each_knows_its_message()
    {
        string[] texts = Read("""{"messages":[{"role":"system","content":"a"},{"role":"user","content":"b"}],"model":"m"}""");
        Assert.Equal(["System@0|a", "User@1|b"], texts);
    }

    [Fact]
    public void A_text_without_escapes_is_a_part_of_the_body()
    {
        var body = """{"model":"m","messages":[{"role":"user","content":"plain"}]}"""u8.ToArray();
        using var texts = RequestTexts.Of(body, ChatRequestReader.Read(body, 64).Request!);
        Assert.True(texts[0].Utf8.Span.Overlaps(body));
    }

    [Fact]
    public void Reading_many_texts_allocates_a_few_objects()
    {
        var body = Encoding.UTF8.GetBytes($$"""{"model":"m","messages":[{{string.Join(",", Enumerable.Repeat("""{"role":"user","content":"a\nb"}""", 1000))}}]}""");
        var request = ChatRequestReader.Read(body, 64).Request!;
        RequestTexts.Of(body, request).Dispose();
        var before = GC.GetAllocatedBytesForCurrentThread();
        RequestTexts.Of(body, request).Dispose();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 500);
    }

    private static string[] Read(string json)
    {
        var body = Encoding.UTF8.GetBytes(json);
        var (request, error) = ChatRequestReader.Read(body, 64);
        Assert.Null(error);
        using var texts = RequestTexts.Of(body, request!);
        return [.. texts.Select(Describe)];
    }

    private static string Describe(GuardedText text) =>
        $"{text.Source}{(text.Turn < 0 ? "" : $"@{text.Turn}")}{(text.Tool is null ? "" : $" {text.Tool}")}|{Encoding.UTF8.GetString(text.Utf8.Span)}";
}
