using Gateway.Guardrails;
using Gateway.Protocol;

namespace Gateway.Delivery.Guarding;

/// <summary>A text that stands in a chunk of a stream, or in a whole answer.</summary>
/// <param name="Channel">What it is part of.</param>
/// <param name="Raw">Where it stands in the payload, quotes excluded.</param>
/// <param name="IsEscaped">Whether it holds escapes.</param>
internal readonly record struct AnswerText(TextChannel Channel, ByteRange Raw, bool IsEscaped);

/// <summary>One text of an answer, which the chunks of a stream go on with.</summary>
/// <param name="Choice">Index of the choice.</param>
/// <param name="Source">What it is.</param>
/// <param name="Call">Index of the tool call whose arguments it is; -1 for the one call of the older form; 0 elsewhere.</param>
/// <param name="Name">Of text that is none of the usual ones, a number for the names it goes by; else 0.</param>
internal readonly record struct TextChannel(int Choice, TextSource Source, int Call = 0, int Name = 0);

/// <summary>One choice of a chunk, or of a whole answer.</summary>
internal struct AnswerChoice
{
    public int Index { get; set; }

    /// <summary>Where the value of <c>logprobs</c> stands; empty when it is null or absent.</summary>
    public ByteRange Logprobs { get; set; }

    /// <summary>The same of <c>token_ids</c>.</summary>
    public ByteRange TokenIds { get; set; }

    /// <summary>It ends here.</summary>
    public bool IsFinished { get; set; }
}

/// <summary>The name of a tool that is called, or a part of it.</summary>
/// <param name="Channel">The call's arguments.</param>
/// <param name="Name">The name.</param>
internal readonly record struct CalledTool(TextChannel Channel, string Name);
