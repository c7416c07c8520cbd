namespace Gateway.Guardrails;

/// <summary>Where a text stands in a conversation.</summary>
public enum TextSource : byte
{
    /// <summary>Said by a role this gateway does not know.</summary>
    Other,

    /// <summary>Instructions of the application.</summary>
    System,

    /// <summary>Said by the user.</summary>
    User,

    /// <summary>Said by the model.</summary>
    Assistant,

    /// <summary>What a tool gave back: text of third parties.</summary>
    Tool,

    /// <summary>What the model thought.</summary>
    Reasoning,

    /// <summary>Arguments of a tool call: JSON in a text.</summary>
    Arguments,

    /// <summary>The definition of a tool that is offered: JSON.</summary>
    Definition,
}
