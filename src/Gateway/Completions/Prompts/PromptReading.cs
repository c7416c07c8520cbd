using System.Buffers;
using Gateway.Protocol;
using Gateway.Routing.Complexity;
using Gateway.Routing.Complexity.Conversation;

namespace Gateway.Completions.Prompts;

/// <summary>The prompt that a scorer judges, read out of a request; its text is lent from a pool until this is disposed of.</summary>
public readonly ref struct PromptReading
{
    private readonly byte[]? _ask;
    private readonly byte[]? _topic;
    private readonly byte[]? _conversation;

    /// <param name="body">The caller's bytes.</param>
    /// <param name="request">The view over them.</param>
    /// <param name="withConversation">Whether the text of all messages is wanted.</param>
    public PromptReading(ReadOnlySpan<byte> body, ChatRequest request, bool withConversation = false)
    {
        var people = new HumanTurns(body, request.Turns);
        var ask = people.Next(ref _ask);
        var at = people.Index;
        if (ask.IsEmpty)
        {
            ask = HumanTurns.LastAsItStands(body, request, ref _ask);
            at = request.Ask;
        }

        // Asked before the ask is cut: what follows depends on what stands where.
        var topic = FollowUps.Is(ask) ? TopicOf(people, ref _topic) : [];
        var kind = IsErrand(body, request, ask) ? AskKind.Housekeeping
            : CircleCheck.IsStuck(body, request.Turns, at) ? AskKind.Stuck
            : topic.IsEmpty ? AskKind.Question : AskKind.FollowUp;
        var counts = new TurnCounts(request.Turns, at);
        Prompt = new Prompt
        {
            Ask = AskBounds.Keep(ask, out var pasted),
            PastedBytes = pasted,
            Topic = AskBounds.Keep(topic, out _),
            Kind = kind,
            ToolsJson = request.ToolsValue.In(body),
            SystemBytes = counts.System,
            HistoryBytes = counts.History,
            Messages = request.Turns.Count,
            UserTurns = counts.Users,
            ToolResults = counts.Results,
            Tools = request.Tools,
            Attachments = counts.Attachments,
            Conversation = withConversation ? WholeText.Read(body, request.Turns, ref _conversation) : [],
            EstimatedTokens = TokenEstimate.OfBody(counts.Attachments > 0 ? counts.Text : body.Length),
        };
    }

    /// <summary>Not to be used once this is disposed of.</summary>
    public Prompt Prompt { get; }

    public void Dispose()
    {
        Return(_ask);
        Return(_topic);
        Return(_conversation);
    }

    /// <summary>The newest earlier ask that stands for itself; empty when there is none.</summary>
    private static Span<byte> TopicOf(HumanTurns people, scoped ref byte[]? buffer)
    {
        Span<byte> said;
        do
        {
            said = people.Next(ref buffer);
        }
        while (FollowUps.Is(said));
        return said;
    }

    private static bool IsErrand(ReadOnlySpan<byte> body, ChatRequest request, ReadOnlySpan<byte> ask)
    {
        if (Errands.IsAsked(ask, request.Tools > 0))
            return true;
        for (var i = 0; i < request.Turns.Count && request.Tools == 0; i++)
        {
            var turn = request.Turns[i];
            if (turn.Role == TurnRole.System && Errands.IsAnnounced(turn.Content.In(body)))
                return true;
        }

        return false;
    }

    private static void Return(byte[]? buffer)
    {
        if (buffer is not null)
            ArrayPool<byte>.Shared.Return(buffer);
    }
}
