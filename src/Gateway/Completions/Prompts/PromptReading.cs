using System.Buffers;
using Gateway.Protocol;
using Gateway.Routing.Complexity;

namespace Gateway.Completions.Prompts;

/// <summary>The prompt that a scorer judges, read out of a request; its text is lent from a pool until this is disposed of.</summary>
public readonly ref struct PromptReading
{
    private readonly byte[] _text;

    /// <param name="body">The caller's bytes.</param>
    /// <param name="request">The view over them.</param>
    public PromptReading(ReadOnlySpan<byte> body, ChatRequest request)
    {
        var ask = request.Ask;
        var length = ask < 0 ? 0 : request.Turns[ask].Content.Length;
        _text = ArrayPool<byte>.Shared.Rent(Math.Max(length, 1));
        var written = ask < 0 ? 0 : TurnText.CopyTo(body, request.Turns[ask], _text);
        Prompt = PromptOf(request, body, _text.AsSpan(0, written));
    }

    /// <summary>Not to be used once this is disposed of.</summary>
    public Prompt Prompt { get; }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_text);

    private static Prompt PromptOf(ChatRequest request, ReadOnlySpan<byte> body, ReadOnlySpan<byte> ask)
    {
        var (system, history, users, results, attachments) = (0, 0, 0, 0, 0);
        for (var i = 0; i < request.Turns.Count; i++)
        {
            var turn = request.Turns[i];
            attachments += turn.Attachments;
            users += turn.Role == TurnRole.User ? 1 : 0;
            results += turn.Role == TurnRole.Tool ? 1 : 0;
            if (turn.Role == TurnRole.System)
                system += turn.TextBytes;
            else if (i != request.Ask)
                history += turn.TextBytes;
        }

        return new Prompt
        {
            Ask = ask,
            ToolsJson = request.ToolsValue.In(body),
            SystemBytes = system,
            HistoryBytes = history,
            UserTurns = users,
            ToolResults = results,
            Tools = request.Tools,
            Attachments = attachments,
            EstimatedTokens = TokenEstimate.OfBody(attachments > 0 ? system + history + ask.Length : body.Length),
        };
    }
}
