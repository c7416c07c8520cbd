namespace Gateway.Protocol;

/// <summary>What one chunk of a stream means for the gateway.</summary>
public struct Chunk
{
    public ChunkKind Kind { get; set; }

    /// <summary>Choices that ended in this chunk with a reason of the model's own.</summary>
    public int Finished { get; set; }

    /// <summary>One more than the highest choice index it names.</summary>
    public int Choices { get; set; }

    /// <summary>The engine gave the request up: <c>finish_reason</c> is <c>abort</c>.</summary>
    public bool IsAborted { get; set; }

    /// <summary>Carries text, reasoning, a tool call or anything else that a caller can see.</summary>
    public bool IsVisible { get; set; }

    /// <summary>Carries usage and no choice: sent only because it was asked for.</summary>
    public bool IsUsageOnly { get; set; }

    /// <summary>Where the text or reasoning stands in the payload, quotes excluded; empty when it shows more than one such string, or none.</summary>
    public ByteRange Text { get; set; }

    /// <summary>Where the delta's <c>content</c> stands in the payload, quotes excluded; empty when there is none.</summary>
    public ByteRange Content { get; set; }

    /// <summary>Where the delta's <c>reasoning</c> stands, or what older servers call <c>reasoning_content</c>; quotes excluded.</summary>
    public ByteRange Reasoning { get; set; }

    /// <summary>Carries part of a tool call.</summary>
    public bool CallsTool { get; set; }

    /// <summary>Shows something that is neither text nor thought nor a tool call, such as a refusal or sound.</summary>
    public bool ShowsOther { get; set; }

    /// <summary>Where the value of <c>logprobs</c> stands in the payload; empty when it is null or absent. Of several choices, the last one's.</summary>
    public ByteRange Logprobs { get; set; }

    /// <summary>Names the role, as a stream's first chunk does.</summary>
    public bool HasRole { get; set; }

    /// <summary>Where the list of its tokens' ids stands in the payload, brackets included; empty when null or absent. Of several choices, the last one's.</summary>
    public ByteRange TokenIds { get; set; }

    /// <summary>The same of the prompt's ids, which a stream's first chunk may carry.</summary>
    public ByteRange PromptTokenIds { get; set; }

    /// <summary>Token counts, if it carries any.</summary>
    public Usage? Usage { get; set; }

    /// <summary>Where the whole member <c>usage</c> stands, with one comma beside it, so that without these bytes the payload is still JSON.</summary>
    public ByteRange UsageMember { get; set; }
}

/// <summary>The kinds of chunk.</summary>
public enum ChunkKind : byte
{
    /// <summary>Not a JSON object in valid UTF-8.</summary>
    Garbage,

    /// <summary>Part of the answer.</summary>
    Part,

    /// <summary>An error in place of an answer.</summary>
    Error,

    /// <summary><c>[DONE]</c>.</summary>
    Done,
}
