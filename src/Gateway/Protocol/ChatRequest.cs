namespace Gateway.Protocol;

/// <summary>A chat completion request as a view over the caller's own bytes, which stay as they came.</summary>
public sealed class ChatRequest
{
    /// <summary>The name the caller asked for.</summary>
    public required string Model { get; init; }

    /// <summary>The JSON string that names the model, quotes included.</summary>
    public required ByteRange ModelValue { get; init; }

    public required bool Stream { get; init; }

    /// <summary>How many answers were asked for (<c>n</c>); 1 when absent.</summary>
    public required int Choices { get; init; }

    /// <summary>Whether the caller itself asked for the usage of a stream.</summary>
    public required bool AsksUsage { get; init; }

    /// <summary>Whether the caller itself asked for the usage so far on each chunk.</summary>
    public bool AsksRunningUsage { get; init; }

    /// <summary>Whether it said anything of that, so that a second member of the name must not be added.</summary>
    public bool NamesRunningUsage { get; init; }

    /// <summary>Whether it has <c>stream_options</c> that are not null.</summary>
    public bool HasStreamOptions { get; init; }

    /// <summary>Whether they say more than whether the usage is wanted.</summary>
    public bool HasFurtherStreamOptions { get; init; }

    /// <summary>The body's members in the order they came; null unless they were asked for.</summary>
    public IReadOnlyList<BodyMember>? Members { get; init; }

    /// <summary>Where the stream's usage can be asked for.</summary>
    public required UsageSwitch UsageSwitch { get; init; }

    public required IReadOnlyList<Turn> Turns { get; init; }

    /// <summary>Tools offered.</summary>
    public required int Tools { get; init; }

    /// <summary>The JSON value of <c>tools</c>; empty when absent.</summary>
    public ByteRange ToolsValue { get; init; }

    /// <summary>The JSON value of <c>tool_choice</c>; empty when absent.</summary>
    public ByteRange ToolChoice { get; init; }

    /// <summary>The JSON value of <c>response_format</c>; empty when absent.</summary>
    public ByteRange ResponseFormat { get; init; }

    /// <summary>The JSON value of <c>logprobs</c>; empty when absent.</summary>
    public ByteRange Logprobs { get; init; }

    /// <summary>The JSON value of <c>top_logprobs</c>; empty when absent.</summary>
    public ByteRange TopLogprobs { get; init; }

    /// <summary>The JSON value of <c>priority</c>, vLLM's place in its queue; empty when absent.</summary>
    public ByteRange Priority { get; init; }

    /// <summary>The JSON value of <c>cache_salt</c>, which keeps vLLM's prefix caches apart; empty when absent.</summary>
    public ByteRange CacheSalt { get; init; }

    /// <summary>The sampling temperature; null when absent or no number.</summary>
    public double? Temperature { get; init; }

    /// <summary>The longest answer the caller allows, in tokens; null when it does not say.</summary>
    public required int? MaxTokens { get; init; }

    /// <summary>Index of the last turn of the user: the ask. -1 when there is none.</summary>
    public int Ask
    {
        get
        {
            for (var i = Turns.Count - 1; i >= 0; i--)
            {
                if (Turns[i].Role == TurnRole.User)
                    return i;
            }

            return -1;
        }
    }
}

/// <summary>What stands in the body about a stream's usage, so that asking for it is one splice.</summary>
/// <param name="Kind">What was found.</param>
/// <param name="At">The bytes to replace; when nothing is to be replaced, a place to insert, of length 0.</param>
public readonly record struct UsageSwitch(UsageSwitchKind Kind, ByteRange At);

/// <summary>The forms <c>stream_options</c> comes in.</summary>
public enum UsageSwitchKind : byte
{
    /// <summary>Absent: insert <c>,"stream_options":{…}</c> before the closing brace.</summary>
    Absent,

    /// <summary><c>null</c>: replace by an object.</summary>
    Null,

    /// <summary>An empty object: insert the member.</summary>
    EmptyObject,

    /// <summary>An object without the member: insert the member and a comma.</summary>
    WithoutMember,

    /// <summary>The member is false or null: replace by true.</summary>
    MemberOff,

    /// <summary>The member is true: nothing to do, but a place to insert another member before it.</summary>
    MemberOn,

    /// <summary>Of a form that the upstream shall judge: leave it.</summary>
    Leave,
}
