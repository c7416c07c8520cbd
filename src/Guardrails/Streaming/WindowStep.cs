namespace Gateway.Guardrails.Streaming;

/// <summary>How far one step has come with one text of a stream.</summary>
internal struct WindowStep
{
    /// <summary>The place up to which it has judged.</summary>
    public int Settled;

    /// <summary>Bytes before that it wants to see again.</summary>
    public int Lookbehind;

    /// <summary>It judges the text as a whole only.</summary>
    public bool NeedsWhole;

    /// <summary>It has said something of the text as a whole.</summary>
    public bool ToldOfAll;

    /// <summary>A finding that ended where the text had to be judged, and may go on; null when there is none.</summary>
    public RunningMatch? Running;
}

/// <summary>The first bytes of something that was found at the end of what had to be judged: shown before what follows, so that the guard knows it again.</summary>
internal sealed class RunningMatch
{
    /// <summary>Bytes kept; the longest first line of a private key takes 40.</summary>
    public const int MostHead = 128;

    /// <summary>Its first bytes.</summary>
    public required byte[] Head { get; init; }

    /// <summary>The place from which on text is shown behind them.</summary>
    public required int TailFrom { get; set; }
}
