namespace Gateway.Guarding.Remote;

/// <summary>How a chat model is asked to judge, and how its answer is read.</summary>
internal interface IJudgeFormat
{
    /// <summary>Whether the application's instructions and definitions of tools are judged too.</summary>
    bool WithSystem { get; }

    /// <summary>The questions that together cover the conversation's last turn: one where it fits, else one for each piece of it.</summary>
    /// <param name="conversation">With one turn at least.</param>
    /// <param name="model">The model's name as a JSON string.</param>
    /// <param name="room">Bytes of text that a question may hold.</param>
    /// <returns>Bodies of <c>POST /v1/chat/completions</c>.</returns>
    IReadOnlyList<ReadOnlyMemory<byte>> Questions(JudgedConversation conversation, ReadOnlySpan<byte> model, int room);

    /// <summary>Reads an answer.</summary>
    /// <returns>Labels of what was found, none when that is nothing; null when it is no answer to the question.</returns>
    IReadOnlyList<string>? Read(string answer);
}
