namespace Gateway.Routing.Complexity.Conversation;

/// <summary>Recognises what coding agents and chat pages ask on their own account: titles, tags, summaries, commit messages.</summary>
/// <remarks>
/// By the words with which known clients announce such a request. In a system text, which an application writes, the subject
/// alone is enough; in an ask, which a person may have written, only a client's own sentence is: "write a title for my novel"
/// is a person's ask.
/// </remarks>
public static class Errands
{
    /// <summary>Bytes of a system text in which it says what it is for; agents' long ones come to speak of everything later.</summary>
    private const int Announcement = 600;

    private static readonly PhraseList Systems = new(
        "title generator",
        "title generation",
        "generate a title",
        "generate a short title",
        "generate a brief title",
        "generates a title",
        "concise title",
        "conversation title",
        "chat title",
        "session title",
        "thread title",
        "session name",
        "new conversation topic",
        "summarize this conversation",
        "summarize this coding conversation",
        "summarizing conversations",
        "summarizes conversations",
        "summarizes coding conversations",
        "context checkpoint compaction",
        "git commit message");

    private static readonly PhraseList Titles = new(
        "reply with a title for the chat",
        "word title for the following conversation",
        "word title with an emoji summarizing",
        "word title for this conversation",
        "generate a title for this conversation",
        "generate a short title for",
        "word-or-less title for the conversation",
        "broad tags categorizing the main themes of the chat",
        "relevant follow-up questions or prompts that the user",
        "summarize this partial conversation",
        "one-line commit message",
        "git commit message for the following");

    private static readonly PhraseList Compactions = new(
        "context checkpoint compaction",
        "detailed prompt for continuing our conversation",
        "create a detailed summary of the conversation so far",
        "create a detailed summary of our conversation so far");

    /// <summary>Whether an application's system text announces an errand.</summary>
    /// <param name="system">The system text's beginning, also as it stands in JSON.</param>
    public static bool IsAnnounced(ReadOnlySpan<byte> system) => Systems.IsIn(system, Announcement);

    /// <summary>Whether the ask is a client's own.</summary>
    /// <param name="ask">The ask, UTF-8.</param>
    /// <param name="hasTools">Whether tools are offered: agents ask for titles without them.</param>
    public static bool IsAsked(ReadOnlySpan<byte> ask, bool hasTools) =>
        Compactions.IsIn(ask, Announcement) || (!hasTools && Titles.IsIn(ask, Announcement));
}
