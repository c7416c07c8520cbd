using System.Text.Json;

namespace Gateway.Protocol;

/// <summary>What a chat completion request's <c>stream_options</c> say of usage, and where more can be asked for.</summary>
internal struct StreamOptionsPass
{
    private bool _runningIsOn;

    /// <summary>The usage of the whole stream is asked for.</summary>
    public bool AsksUsage { get; private set; }

    /// <summary>And that so far with each chunk, which vLLM gives together with the other only.</summary>
    public readonly bool AsksRunningUsage => AsksUsage && _runningIsOn;

    /// <summary>The latter stands there, whatever its value: it cannot be asked for by one more member of that name.</summary>
    public bool NamesRunningUsage { get; private set; }

    /// <summary>They stand there and are not null.</summary>
    public bool IsGiven { get; private set; }

    /// <summary>They say something else than a plain yes or no to usage.</summary>
    public bool HasOther { get; private set; }

    public UsageSwitch Switch { get; private set; }

    /// <summary>There are none.</summary>
    /// <param name="end">The closing brace of the body.</param>
    public static StreamOptionsPass Absent(int end) => new() { Switch = new UsageSwitch(UsageSwitchKind.Absent, new ByteRange(end, 0)) };

    /// <summary>Reads the value at the reader; what is no object is left to the upstream.</summary>
    public static StreamOptionsPass Read(ref Utf8JsonReader json)
    {
        var pass = new StreamOptionsPass();
        var start = (int)json.TokenStartIndex;
        pass.IsGiven = json.TokenType != JsonTokenType.Null;
        pass.HasOther = pass.IsGiven && json.TokenType != JsonTokenType.StartObject;
        if (json.TokenType == JsonTokenType.StartObject)
        {
            pass.ReadMembers(ref json, new ByteRange(start + 1, 0));
            return pass;
        }

        pass.Switch = json.TokenType == JsonTokenType.Null
            ? new UsageSwitch(UsageSwitchKind.Null, new ByteRange(start, 4))
            : new UsageSwitch(UsageSwitchKind.Leave, default);
        json.Skip();
        return pass;
    }

    private void ReadMembers(ref Utf8JsonReader json, ByteRange inside)
    {
        Switch = new UsageSwitch(UsageSwitchKind.EmptyObject, inside);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isUsage = JsonText.Is(ref json, "include_usage"u8);
            var isRunning = JsonText.Is(ref json, "continuous_usage_stats"u8);
            json.Read();
            HasOther |= !isUsage || json.TokenType is not (JsonTokenType.True or JsonTokenType.False);
            NamesRunningUsage |= isRunning;
            _runningIsOn |= isRunning && json.TokenType == JsonTokenType.True;
            if (isUsage)
                ReadIncludeUsage(ref json, inside);
            else if (Switch.Kind == UsageSwitchKind.EmptyObject)
                Switch = new UsageSwitch(UsageSwitchKind.WithoutMember, Switch.At);
            json.Skip();
        }
    }

    private void ReadIncludeUsage(ref Utf8JsonReader json, ByteRange inside)
    {
        AsksUsage = json.TokenType == JsonTokenType.True;
        Switch = json.TokenType is JsonTokenType.False or JsonTokenType.Null
            ? new UsageSwitch(UsageSwitchKind.MemberOff, new ByteRange((int)json.TokenStartIndex, (int)(json.BytesConsumed - json.TokenStartIndex)))
            : AsksUsage ? new UsageSwitch(UsageSwitchKind.MemberOn, inside)
            : new UsageSwitch(UsageSwitchKind.Leave, default);
    }
}
