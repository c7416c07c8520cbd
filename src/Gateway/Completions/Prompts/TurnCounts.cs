using Gateway.Protocol;

namespace Gateway.Completions.Prompts;

/// <summary>What the turns of a conversation add up to.</summary>
internal readonly struct TurnCounts
{
    /// <param name="turns">The conversation.</param>
    /// <param name="ask">Index of the turn that asks; negative when none does.</param>
    public TurnCounts(IReadOnlyList<Turn> turns, int ask)
    {
        for (var i = 0; i < turns.Count; i++)
        {
            var turn = turns[i];
            Text += turn.TextBytes;
            Attachments += turn.Attachments;
            Users += turn.Role == TurnRole.User ? 1 : 0;
            Results += turn.Role == TurnRole.Tool ? 1 : 0;
            if (turn.Role == TurnRole.System)
                System += turn.TextBytes;
            else if (i != ask)
                History += turn.TextBytes;
        }
    }

    /// <summary>Bytes of all text.</summary>
    public int Text { get; }

    /// <summary>Bytes of system and developer text.</summary>
    public int System { get; }

    /// <summary>Bytes of text that is neither the ask nor the system's.</summary>
    public int History { get; }

    public int Users { get; }

    public int Results { get; }

    public int Attachments { get; }
}
