namespace Gateway.Protocol;

/// <summary>The edit that asks for a stream's usage: at its end, or with every chunk (<c>continuous_usage_stats</c>, which vLLM has and OpenAI has not).</summary>
internal static class UsageEdit
{
    private static readonly byte[] AtEnd = "\"include_usage\":true"u8.ToArray();
    private static readonly byte[] Running = "\"continuous_usage_stats\":true"u8.ToArray();
    private static readonly byte[] Both = [.. AtEnd, .. ","u8, .. Running];

    private static readonly Forms Plain = new(AtEnd, "true"u8.ToArray());
    private static readonly Forms WithRunning = new(Both, [.. "true,"u8, .. Running]);
    private static readonly byte[] RunningFirst = [.. Running, .. ","u8];

    /// <param name="request">A request that streams.</param>
    /// <param name="running">Ask for the usage so far on each chunk too; left undone where the caller has said something of it.</param>
    public static SpliceEdit Ask(ChatRequest request, bool running)
    {
        var usage = request.UsageSwitch;
        running &= !request.NamesRunningUsage;
        var forms = running ? WithRunning : Plain;
        return usage.Kind switch
        {
            UsageSwitchKind.Absent => new SpliceEdit(usage.At, forms.NewOptions),
            UsageSwitchKind.Null => new SpliceEdit(usage.At, forms.Options),
            UsageSwitchKind.EmptyObject => new SpliceEdit(usage.At, forms.OnlyMember),
            UsageSwitchKind.WithoutMember => new SpliceEdit(usage.At, forms.FirstMember),
            UsageSwitchKind.MemberOff => new SpliceEdit(usage.At, forms.On),
            UsageSwitchKind.MemberOn when running => new SpliceEdit(usage.At, RunningFirst),
            _ => default,
        };
    }

    private sealed class Forms(byte[] member, byte[] on)
    {
        public readonly byte[] OnlyMember = member;
        public readonly byte[] On = on;
        public readonly byte[] FirstMember = [.. member, .. ","u8];
        public readonly byte[] Options = [.. "{"u8, .. member, .. "}"u8];
        public readonly byte[] NewOptions = [.. ",\"stream_options\":{"u8, .. member, .. "}"u8];
    }
}
