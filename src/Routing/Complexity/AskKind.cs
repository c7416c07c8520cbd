namespace Gateway.Routing.Complexity;

/// <summary>What kind of turn an ask is, read from the conversation around it.</summary>
public enum AskKind : byte
{
    /// <summary>It stands for itself.</summary>
    Question,

    /// <summary>It goes on with an earlier ask ("yes, do it", "and for Postgres?"), whose difficulty it inherits.</summary>
    FollowUp,

    /// <summary>A coding agent's own errand: a title, a summary of the session.</summary>
    Housekeeping,

    /// <summary>The agent goes in circles: the same tool call again, or errors in a row.</summary>
    Stuck,
}
