namespace Gateway.Protocol;

/// <summary>What a body says of token ids, and the edits that ask for them (<c>return_token_ids</c>, which vLLM has and OpenAI has not).</summary>
/// <remarks>
/// vLLM gives no ids where the thought is left out, since they would tell it: then the thought is asked for as well, and left out of what
/// the caller gets. Log-probabilities would tell it too, and no raw completion gives them as a chat does: who wants those goes without ids.
/// </remarks>
internal static class TokenIdsSwitch
{
    private static readonly byte[] On = "true"u8.ToArray();
    private static readonly byte[] NewIds = ",\"return_token_ids\":true"u8.ToArray();

    /// <summary>Whether they can be asked for without changing anything that the caller gets.</summary>
    public static bool CanTurnOn(ReadOnlySpan<byte> body, ChatRequest request) =>
        IsOff(request.Logprobs.In(body)) && (IsOff(request.ReturnTokenIds.In(body)) || IsOn(request.ReturnTokenIds.In(body)))
        && (request.IncludeReasoning.IsEmpty || IsOn(request.IncludeReasoning.In(body)) || LeavesThoughtOut(body, request));

    /// <summary>Whether the caller itself asks for them.</summary>
    public static bool IsTurnedOn(ReadOnlySpan<byte> body, ChatRequest request) => IsOn(request.ReturnTokenIds.In(body));

    /// <summary>Whether the caller does not want the thought.</summary>
    public static bool LeavesThoughtOut(ReadOnlySpan<byte> body, ChatRequest request) => request.IncludeReasoning.In(body).SequenceEqual("false"u8);

    /// <summary>The edits, for a body where that is so. A new member stands behind the model's name, which every body has.</summary>
    public static (SpliceEdit Ids, SpliceEdit Thought) TurnOn(ReadOnlySpan<byte> body, ChatRequest request) => (
        request.ReturnTokenIds.IsEmpty ? new SpliceEdit(new ByteRange(request.ModelValue.End, 0), NewIds)
            : IsTurnedOn(body, request) ? default
            : new SpliceEdit(request.ReturnTokenIds, On),
        LeavesThoughtOut(body, request) ? new SpliceEdit(request.IncludeReasoning, On) : default);

    private static bool IsOn(ReadOnlySpan<byte> value) => value.SequenceEqual("true"u8);

    private static bool IsOff(ReadOnlySpan<byte> value) => value.IsEmpty || value.SequenceEqual("null"u8) || value.SequenceEqual("false"u8);
}
