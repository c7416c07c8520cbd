namespace Gateway.Protocol;

/// <summary>What a body says of log-probabilities, and the edits that ask for them.</summary>
/// <remarks>
/// Two alternatives a token, for the first token's margin. A body that names <c>top_logprobs</c> without <c>logprobs</c> is the
/// caller's mistake, which the upstream shall answer: it is left as it is.
/// </remarks>
internal static class LogprobsSwitch
{
    private static readonly byte[] On = "true"u8.ToArray();
    private static readonly byte[] Two = "2"u8.ToArray();
    private static readonly byte[] NewLogprobs = ",\"logprobs\":true"u8.ToArray();
    private static readonly byte[] NewTop = ",\"top_logprobs\":2"u8.ToArray();

    /// <summary>Whether the caller does not ask for them, and asking for it changes nothing else.</summary>
    public static bool CanTurnOn(ReadOnlySpan<byte> body, ChatRequest request) =>
        IsOff(request.Logprobs.In(body)) && (IsOff(request.TopLogprobs.In(body)) || request.TopLogprobs.In(body).SequenceEqual("0"u8));

    /// <summary>The edits, for a body where that is so. New members stand behind the model's name, which every body has.</summary>
    public static (SpliceEdit Logprobs, SpliceEdit Top) TurnOn(ChatRequest request)
    {
        var behindModel = new ByteRange(request.ModelValue.End, 0);
        return (
            request.Logprobs.IsEmpty ? new SpliceEdit(behindModel, NewLogprobs) : new SpliceEdit(request.Logprobs, On),
            request.TopLogprobs.IsEmpty ? new SpliceEdit(behindModel, NewTop) : new SpliceEdit(request.TopLogprobs, Two));
    }

    private static bool IsOff(ReadOnlySpan<byte> value) => value.IsEmpty || value.SequenceEqual("null"u8) || value.SequenceEqual("false"u8);
}
