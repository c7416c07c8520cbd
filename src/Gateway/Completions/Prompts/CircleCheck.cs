using Gateway.Protocol;
using Gateway.Routing.Complexity.Conversation;

namespace Gateway.Completions.Prompts;

/// <summary>Looks at what an agent did since a person last spoke.</summary>
internal static class CircleCheck
{
    /// <summary>Whether the turns after <paramref name="ask"/> show an agent that goes in circles.</summary>
    public static bool IsStuck(ReadOnlySpan<byte> body, IReadOnlyList<Turn> turns, int ask)
    {
        var loop = default(ToolLoop);
        for (var i = turns.Count - 1; i > ask && !loop.IsDecided; i--)
        {
            var turn = turns[i];
            if (turn.Role == TurnRole.Tool)
                loop.AddResult(FailedResult.Is(TurnText.First(body, turn)));
            if (turn.Calls.IsEmpty)
                continue;
            var calls = new ToolCallHashes(body, turn);
            while (calls.MoveNext())
                loop.AddCall(calls.Current);
        }

        return loop.IsStuck;
    }
}
