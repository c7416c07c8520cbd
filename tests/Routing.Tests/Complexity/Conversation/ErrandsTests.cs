using System.Text;
using Gateway.Routing.Complexity.Conversation;

namespace Gateway.Routing.Tests.Complexity.Conversation;

public sealed class ErrandsTests
{
    [Theory]
    [InlineData("You are a title generator. You output ONLY a thread title.")]
    [InlineData("Summarize this coding conversation in under 50 characters.")]
    [InlineData("[{\"type\":\"text\",\"text\":\"You are an agent.\"},{\"type\":\"text\",\"text\":\"Analyze if this message indicates a new conversation topic.\"}]")]
    [InlineData("You help a developer to come up with the best GIT COMMIT MESSAGE for their changes.")]
    public void A_system_text_announces_an_errand_by_its_subject(string system) => Assert.True(Errands.IsAnnounced(Bytes(system)));

    [Theory]
    [InlineData("You are a helpful assistant.")]
    [InlineData("You are a novelist's assistant. Suggest titles when asked.")]
    public void Other_system_texts_announce_none(string system) => Assert.False(Errands.IsAnnounced(Bytes(system)));

    [Fact]
    public void What_an_agents_long_prompt_says_of_commit_messages_announces_none() =>
        Assert.False(Errands.IsAnnounced(Bytes("You are a coding agent. " + new string('x', 2000) + " Write a good git commit message.")));

    [Theory]
    [InlineData("Given the following... please reply with a title for the chat that is 3-4 words in length")]
    [InlineData("Please write a 5-10 word title for the following conversation:\n\nUser: hi")]
    [InlineData("### Task:\nGenerate a concise, 3-5 word title with an emoji summarizing the chat history.")]
    public void A_clients_own_sentence_asks_for_an_errand_where_no_tools_are_offered(string ask)
    {
        Assert.True(Errands.IsAsked(Bytes(ask), hasTools: false));
        Assert.False(Errands.IsAsked(Bytes(ask), hasTools: true));
    }

    [Fact]
    public void A_session_is_compacted_with_its_tools_at_hand() =>
        Assert.True(Errands.IsAsked(Bytes("Your task is to create a detailed summary of the conversation so far, paying close attention"), hasTools: true));

    [Theory]
    [InlineData("Write a title for my novel.")]
    [InlineData("Write a title and a summary for this article about conversations.")]
    [InlineData("How do I write a good commit message?")]
    [InlineData("Summarize this paper.")]
    public void A_persons_ask_for_a_title_is_a_persons_ask(string ask) => Assert.False(Errands.IsAsked(Bytes(ask), hasTools: false));

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
