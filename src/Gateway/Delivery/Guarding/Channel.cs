using Gateway.Guardrails.Streaming;

namespace Gateway.Delivery.Guarding;

/// <summary>One text of the stream, and its window.</summary>
internal sealed class Channel(TextChannel key, StreamWindow window, int place)
{
    public TextChannel Key => key;

    public StreamWindow Window => window;

    public int Place => place;

    /// <summary>It has something that was not judged: text, or itself.</summary>
    public bool IsNew { get; set; } = true;

    /// <summary>Nothing follows.</summary>
    public bool Ends { get; set; }

    /// <summary>It was judged to its end.</summary>
    public bool HasEnded { get; set; }
}
