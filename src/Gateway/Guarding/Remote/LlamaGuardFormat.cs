namespace Gateway.Guarding.Remote;

/// <summary>Llama Guard 3 and 4: the conversation as it is, of which the model judges the last turn; <c>safe</c>, or <c>unsafe</c> and the categories.</summary>
/// <remarks>
/// The server's chat template writes the task and the categories around it, and takes turns of user and assistant alone, one after the other,
/// the user first. Source: Meta's model cards of Llama Guard 3 and 4, and the chat templates that come with the weights.
/// </remarks>
/// <param name="categories">Categories that count, such as <c>S1</c>; none means all.</param>
/// <param name="withSystem">Whether instructions and definitions are judged too.</param>
internal sealed class LlamaGuardFormat(IEnumerable<string> categories, bool withSystem) : IJudgeFormat
{
    /// <summary>The longest answer names all of the fourteen categories, at three tokens each.</summary>
    private const int MostTokens = 64;

    private const int LongestCategory = 8;

    /// <summary>What a piece repeats of the one before: a paragraph.</summary>
    private const int Overlap = 512;

    private readonly HashSet<string> _categories = new(categories, StringComparer.OrdinalIgnoreCase);

    public bool WithSystem => withSystem;

    public IReadOnlyList<ReadOnlyMemory<byte>> Questions(JudgedConversation conversation, ReadOnlySpan<byte> model, int room)
    {
        var last = conversation.Count - 1;
        if (conversation.LengthOf(last) <= room)
            return [Whole(conversation, model, room)];
        return conversation.IsModels(last) ? PiecesOfAnswer(conversation, model, room) : PiecesOfPrompt(conversation, model, room);
    }

    public IReadOnlyList<string>? Read(string answer)
    {
        var lines = answer.AsSpan().Trim();
        var end = lines.IndexOfAny('\r', '\n');
        var verdict = (end < 0 ? lines : lines[..end]).TrimEnd();
        if (verdict is "safe")
            return end < 0 ? [] : null;
        if (verdict is not "unsafe")
            return null;
        if (end < 0)
            return ["unsafe"];
        var labels = new List<string>();
        var named = lines[end..];
        foreach (var part in named.Split(','))
        {
            var category = named[part].Trim();
            // Whatever else it says, it said unsafe.
            if (!IsCategory(category))
                return ["unsafe"];
            var name = category.ToString();
            if (_categories.Count == 0 || _categories.Contains(name))
                labels.Add($"unsafe_{name.ToLowerInvariant()}");
        }

        return labels;
    }

    /// <summary>The last turn with as much of what came before as there is room for.</summary>
    private static ReadOnlyMemory<byte> Whole(JudgedConversation conversation, ReadOnlySpan<byte> model, int room)
    {
        var (first, left) = (conversation.Count - 1, room - conversation.LengthOf(conversation.Count - 1));
        while (first > 0 && conversation.LengthOf(first - 1) <= left)
            left -= conversation.LengthOf(--first);
        if (conversation.IsModels(first) && first < conversation.Count - 1)
            first++;
        using var question = new ChatQuestion(model, MostTokens);
        if (conversation.IsModels(first))
            question.Say("user"u8, EndOfPrompt(conversation, left));
        for (var turn = first; turn < conversation.Count; turn++)
            question.Say(conversation.IsModels(turn) ? "assistant"u8 : "user"u8, conversation.TextOf(turn));
        return question.End();
    }

    private static List<ReadOnlyMemory<byte>> PiecesOfPrompt(JudgedConversation conversation, ReadOnlySpan<byte> model, int room)
    {
        var (text, questions) = (conversation.TextOf(conversation.Count - 1), new List<ReadOnlyMemory<byte>>());
        foreach (var piece in TextCuts.Of(text, room, Overlap))
        {
            using var question = new ChatQuestion(model, MostTokens);
            question.Say("user"u8, text.AsSpan(piece));
            questions.Add(question.End());
        }

        return questions;
    }

    private static List<ReadOnlyMemory<byte>> PiecesOfAnswer(JudgedConversation conversation, ReadOnlySpan<byte> model, int room)
    {
        // A quarter is for what was asked, without which an answer means little.
        var asked = EndOfPrompt(conversation, room / 4);
        var (text, questions) = (conversation.TextOf(conversation.Count - 1), new List<ReadOnlyMemory<byte>>());
        foreach (var piece in TextCuts.Of(text, room - (room / 4), Overlap))
        {
            using var question = new ChatQuestion(model, MostTokens);
            question.Say("user"u8, asked);
            question.Say("assistant"u8, text.AsSpan(piece));
            questions.Add(question.End());
        }

        return questions;
    }

    /// <summary>The end of what the last turn answers, for there it is asked; empty when nothing was.</summary>
    private static byte[] EndOfPrompt(JudgedConversation conversation, int room)
    {
        if (conversation.Count < 2)
            return [];
        var text = conversation.TextOf(conversation.Count - 2);
        var start = Math.Max(0, text.Length - room);
        while (start < text.Length && !CodePoints.IsFirst(text[start]))
            start++;
        return text[start..];
    }

    private static bool IsCategory(ReadOnlySpan<char> text)
    {
        foreach (var letter in text)
        {
            if (!char.IsAsciiLetterOrDigit(letter))
                return false;
        }

        return text.Length is > 0 and <= LongestCategory;
    }
}
