using Gateway.Simulator.Routes;

namespace Gateway.Simulator.Wire;

/// <summary>How one API spells a reply, streamed and whole.</summary>
internal interface IReplyShape
{
    /// <summary>What comes before the first token of a stream.</summary>
    void Open(ref JsonSink sink);

    /// <summary>The frame of the token at <see cref="Choice.Seen"/>; false if that token shows nothing.</summary>
    bool Token(ref JsonSink sink, Choice choice, bool last);

    /// <summary>The frame that ends a choice without a token.</summary>
    void Abort(ref JsonSink sink, Choice choice);

    /// <summary>A frame whose text breaks off inside a character.</summary>
    void BrokenCharacter(ref JsonSink sink, Choice choice);

    /// <summary>The frame with usage and no choices.</summary>
    void Usage(ref JsonSink sink);

    /// <summary>The whole reply; <see cref="Choice.Seen"/> says how much of each choice exists.</summary>
    void Whole(ref JsonSink sink);
}
