using System.Text;
using Gateway.Protocol;

namespace Gateway.Tests.Protocol;

public sealed class ChatRequestReaderTests
{
    private const string Hello = """[{"role":"user","content":"hello"}]""";

    [Fact]
    public void Sees_what_routing_needs()
    {
        var request = Read("""
            {"messages":[
              {"role":"developer","content":"be brief"},
              {"role":"user","content":[{"type":"text","text":"look"},{"type":"image_url","image_url":{"url":"data:,"}}]},
              {"role":"assistant","content":null,"tool_calls":[{"id":"1","type":"function","function":{"name":"ls","arguments":"{}"}}]},
              {"role":"tool","tool_call_id":"1","content":"a.txt"}],
             "tools":[{"type":"function"},{"type":"namespace"}],"stream":true,"n":2,"max_completion_tokens":7,"model":"auto"}
            """);
        Assert.Equal("auto", request.Model);
        Assert.Equal([TurnRole.System, TurnRole.User, TurnRole.Assistant, TurnRole.Tool], request.Turns.Select(turn => turn.Role));
        Assert.Equal([0, 1, 0, 0], request.Turns.Select(turn => turn.Attachments));
        Assert.Equal([8, 4, 0, 5], request.Turns.Select(turn => turn.TextBytes));
        Assert.Equal((1, 2, 2, 7, true), (request.Ask, request.Tools, request.Choices, request.MaxTokens, request.Stream));
    }

    [Theory]
    [InlineData("", "invalid_json")]
    [InlineData("[]", "invalid_json")]
    [InlineData("{", "invalid_json")]
    [InlineData("""{"model":"a","messages":MSG} x""", "invalid_json")]
    [InlineData("""{"model":"a","messages":MSG,}""", "invalid_json")]
    [InlineData("""{"messages":MSG}""", "missing_field")]
    [InlineData("""{"model":"a"}""", "missing_field")]
    [InlineData("""{"model":"a","messages":[]}""", "missing_field")]
    [InlineData("""{"model":7,"messages":MSG}""", "invalid_type")]
    [InlineData("""{"model":" ","messages":MSG}""", "invalid_value")]
    [InlineData("""{"model":"\ud800","messages":MSG}""", "invalid_value")]
    [InlineData("""{"model":"a","model":"b","messages":MSG}""", "duplicate_field")]
    [InlineData("""{"model":"a","\u006dodel":"b","messages":MSG}""", "duplicate_field")]
    [InlineData("""{"model":"a","messages":MSG,"messages":MSG}""", "duplicate_field")]
    [InlineData("""{"model":"a","messages":MSG,"stream":"yes"}""", "invalid_type")]
    [InlineData("""{"model":"a","messages":"hello"}""", "invalid_messages")]
    [InlineData("""{"model":"a","messages":["hello"]}""", "invalid_messages")]
    [InlineData("""{"model":"a","messages":[{"content":"x"}]}""", "invalid_messages")]
    [InlineData("""{"model":"a","messages":[{"role":"user","content":7}]}""", "invalid_messages")]
    [InlineData("""{"model":"a","messages":[{"role":"user","content":["x"]}]}""", "invalid_messages")]
    [InlineData("""{"model":"a","messages":[{"role":"user","role":"system","content":"x"}]}""", "invalid_messages")]
    public void Refuses_what_it_cannot_read_in_one_way(string body, string code)
    {
        var (request, error) = ChatRequestReader.Read(Encoding.UTF8.GetBytes(body.Replace("MSG", Hello, StringComparison.Ordinal)), 64);
        Assert.Null(request);
        Assert.Equal((400, code), (error!.Status, error.Code));
    }

    [Fact]
    public void Refuses_text_that_is_not_utf8() =>
        Assert.Equal("invalid_json", ChatRequestReader.Read([(byte)'{', 0xC3, 0x28, (byte)'}'], 64).Error!.Code);

    [Fact]
    public void Refuses_nesting_beyond_the_limit()
    {
        var body = $$"""{"model":"a","messages":{{Hello}},"deep":{{new string('[', 64)}}{{new string(']', 64)}}}""";
        Assert.Equal("invalid_json", ChatRequestReader.Read(Encoding.UTF8.GetBytes(body), 64).Error!.Code);
        Assert.Null(ChatRequestReader.Read(Encoding.UTF8.GetBytes(body), 66).Error);
    }

    [Theory]
    [InlineData("\"plain\"", "plain")]
    [InlineData("\"line\\nfeed \\u00e9 \\\"q\\\"\"", "line\nfeed é \"q\"")]
    [InlineData("\"half \\ud800 pair\"", "half \\ud800 pair")]
    [InlineData("[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"x\",\"x\":{\"text\":\"no\"}},{\"type\":\"text\",\"text\":\"b\"}]", "a\nb")]
    [InlineData("[]", "")]
    [InlineData("null", "")]
    public void Gives_the_text_of_a_turn(string content, string text)
    {
        var body = Encoding.UTF8.GetBytes($$"""{"model":"a","messages":[{"role":"user","content":{{content}}}]}""");
        var (request, error) = ChatRequestReader.Read(body, 64);
        Assert.Null(error);
        var buffer = new byte[request!.Turns[0].Content.Length];
        Assert.Equal(text, Encoding.UTF8.GetString(buffer, 0, TurnText.CopyTo(body, request.Turns[0], buffer)));
    }

    private static ChatRequest Read(string body)
    {
        var (request, error) = ChatRequestReader.Read(Encoding.UTF8.GetBytes(body), 64);
        Assert.Null(error);
        return request!;
    }
}
