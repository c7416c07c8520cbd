using System.Buffers;
using Gateway.Protocol;
using Gateway.Routing.Complexity.Conversation;

namespace Gateway.Completions.Prompts;

/// <summary>Walks the turns in which a person says something, newest first.</summary>
internal ref struct HumanTurns(ReadOnlySpan<byte> body, IReadOnlyList<Turn> turns)
{
    private readonly ReadOnlySpan<byte> _body = body;

    /// <summary>Index of the turn last found; -1 once there are no more.</summary>
    public int Index { get; private set; } = turns.Count;

    /// <summary>Finds the next earlier turn that holds a person's words.</summary>
    /// <param name="buffer">Where its text is written; lent from the shared pool, and exchanged for a longer one when needed.</param>
    /// <returns>The person's words, a part of the buffer; empty when there are no more.</returns>
    public Span<byte> Next(scoped ref byte[]? buffer)
    {
        while (--Index >= 0)
        {
            var turn = turns[Index];
            if (turn.Role != TurnRole.User || turn.TextBytes == 0)
                continue;
            var text = HumanText.Of(Read(_body, turn, ref buffer));
            if (!text.IsEmpty)
                return text;
        }

        return [];
    }

    /// <summary>The text of the last user turn as it stands, for a request in which no person says anything.</summary>
    public static Span<byte> LastAsItStands(ReadOnlySpan<byte> body, ChatRequest request, scoped ref byte[]? buffer) =>
        request.Ask < 0 ? [] : Read(body, request.Turns[request.Ask], ref buffer);

    private static Span<byte> Read(ReadOnlySpan<byte> body, Turn turn, scoped ref byte[]? buffer)
    {
        if (buffer is null || buffer.Length < turn.Content.Length)
        {
            if (buffer is not null)
                ArrayPool<byte>.Shared.Return(buffer);
            buffer = ArrayPool<byte>.Shared.Rent(turn.Content.Length);
        }

        return buffer.AsSpan(0, TurnText.CopyTo(body, turn, buffer));
    }
}
