using Gateway.Guardrails;

namespace Gateway.Guarding.Remote;

/// <summary>A conversation as a model that judges is shown it: turns of the caller's side and of the model's, one after the other, of which the last is judged.</summary>
/// <remarks>
/// What tools gave back is the caller's side, since the model reads it; what the model thought, and what it called tools with, is the model's.
/// Instructions of the application and definitions of tools are left out, unless they are asked for, or nothing else is there.
/// </remarks>
internal sealed class JudgedConversation
{
    private static readonly byte[] Between = "\n\n"u8.ToArray();

    private readonly List<GuardedText> _parts = [];
    private readonly List<Turn> _turns = [];
    private readonly List<int> _judged = [];

    private JudgedConversation()
    {
    }

    /// <summary>How many turns there are; 0 when there is nothing to judge.</summary>
    public int Count => _turns.Count;

    /// <summary>Indices, in the question's texts, of those that make up the last turn.</summary>
    public IReadOnlyList<int> Judged => _judged;

    /// <param name="question">What is asked about.</param>
    /// <param name="withSystem">Whether instructions and definitions belong to the caller's side.</param>
    public static JudgedConversation Of(RemoteQuestion question, bool withSystem)
    {
        var conversation = new JudgedConversation();
        conversation.Add(question, withSystem);
        if (conversation.Count == 0)
            conversation.Add(question, withSystem: true);
        return conversation;
    }

    /// <summary>Whether a turn is the model's.</summary>
    public bool IsModels(int turn) => _turns[turn].IsModels;

    /// <summary>Bytes of a turn.</summary>
    public int LengthOf(int turn) => _turns[turn].Length;

    /// <summary>The text of a turn, UTF-8.</summary>
    public byte[] TextOf(int turn)
    {
        var (_, first, count, length) = _turns[turn];
        var (text, at) = (new byte[length], 0);
        for (var i = first; i < first + count; i++)
        {
            if (i > first)
                Append(text, Between, ref at);
            Append(text, _parts[i].Utf8.Span, ref at);
        }

        return text;
    }

    private static void Append(byte[] text, ReadOnlySpan<byte> part, ref int at)
    {
        part.CopyTo(text.AsSpan(at));
        at += part.Length;
    }

    private void Add(RemoteQuestion question, bool withSystem)
    {
        foreach (var text in question.Prompt ?? [])
            Add(text, IsOfModel(text.Source), withSystem);
        for (var i = 0; i < question.Texts.Count; i++)
        {
            var text = question.Texts[i];
            var turns = _turns.Count;
            // Whatever an answer consists of, the model said it.
            if (!Add(text, question.Prompt is not null || IsOfModel(text.Source), withSystem))
                continue;
            if (_turns.Count > turns)
                _judged.Clear();
            _judged.Add(i);
        }

        // A prompt alone is not what was asked about.
        if (_judged.Count == 0)
            _turns.Clear();
    }

    private bool Add(GuardedText text, bool isModels, bool withSystem)
    {
        if ((!withSystem && text.Source is TextSource.System or TextSource.Definition) || IsBlank(text.Utf8.Span))
            return false;
        _parts.Add(text);
        if (_turns.Count > 0 && _turns[^1] is var last && last.IsModels == isModels)
            _turns[^1] = last with { Count = last.Count + 1, Length = last.Length + Between.Length + text.Utf8.Length };
        else
            _turns.Add(new Turn(isModels, _parts.Count - 1, 1, text.Utf8.Length));
        return true;
    }

    private static bool IsOfModel(TextSource source) => source is TextSource.Assistant or TextSource.Reasoning or TextSource.Arguments;

    private static bool IsBlank(ReadOnlySpan<byte> utf8) => utf8.Trim(" \t\r\n"u8).IsEmpty;

    private readonly record struct Turn(bool IsModels, int First, int Count, int Length);
}
