using System.Text;
using Gateway.Completions;
using Gateway.Protocol;
using Gateway.Routing.Conversations;
using Microsoft.AspNetCore.Http;

namespace Gateway.Tests.Running;

public sealed class ConversationTests
{
    private const string First = """{"model":"auto","tools":[{"type":"function"}],"messages":[{"role":"system","content":"s"},{"role":"user","content":"a"}]}""";
    private const string Second = """{"model":"auto","tools":[{"type":"function"}],"messages":[{"role":"system","content":"s"},{"role":"user","content":"a"},{"role":"assistant","content":"b"},{"role":"user","content":"c"}],"stream":true}""";

    [Fact]
    public void The_turns_of_a_conversation_are_known_by_what_they_repeat() => Assert.Equal(Of(First), Of(Second));

    [Theory]
    [InlineData("\"auto\"", "\"other\"")]
    [InlineData("function", "custom")]
    [InlineData("\"s\"", "\"t\"")]
    [InlineData("\"a\"", "\"b\"")]
    public void Another_beginning_is_another_conversation(string what, string with) =>
        Assert.NotEqual(Of(First), Of(First.Replace(what, with, StringComparison.Ordinal)));

    [Fact]
    public void A_session_that_the_client_names_is_taken_at_its_word()
    {
        Assert.Equal(Of(First, "1"), Of(First.Replace("\"a\"", "\"b\"", StringComparison.Ordinal), "1"));
        Assert.NotEqual(Of(First, "1"), Of(First, "2"));
        Assert.NotEqual(Of(First, "1"), Of(First));
    }

    private static ConversationKey Of(string body, string? session = null)
    {
        var headers = new HeaderDictionary();
        if (session is not null)
            headers["x-session-id"] = session;
        var bytes = Encoding.UTF8.GetBytes(body);
        return ConversationIdentity.Of(headers, bytes, ChatRequestReader.Read(bytes, 16).Request!);
    }
}
