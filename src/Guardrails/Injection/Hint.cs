namespace Gateway.Guardrails.Injection;

/// <summary>What a block of a text gives away at first sight: which closer looks are worth their time. Says nothing by itself.</summary>
[Flags]
public enum Hint
{
    None = 0,

    /// <summary>Words that are others turned by thirteen letters.</summary>
    Rotated = 1,

    /// <summary>Words that are others read backwards.</summary>
    Reversed = 2,

    /// <summary>A word of a role marker.</summary>
    Marker = 4,

    /// <summary>A word of a style that may hide text.</summary>
    Style = 8,

    /// <summary>Words with digits among their letters.</summary>
    Digits = 16,

    /// <summary>Letters with spaces between them.</summary>
    Spaced = 32,

    /// <summary>Letters of several scripts in a word, or letters that are drawn as others.</summary>
    Lookalikes = 64,

    /// <summary>A run without a space that is long enough to carry a text.</summary>
    Run = 128,

    /// <summary>Characters written as numbers.</summary>
    Escapes = 256,

    /// <summary>Characters that are not seen.</summary>
    Unseen = 512,
}
