namespace Gateway.Simulator.Wire;

/// <summary>The usage object.</summary>
/// <param name="Prompt">Prompt tokens.</param>
/// <param name="Completion">Generated tokens over all choices.</param>
/// <param name="Cached">Prompt tokens found in the prefix cache, or null to leave the details out.</param>
/// <param name="Reasoning">Tokens of thought, or null to leave the details out.</param>
internal readonly record struct Usage(int Prompt, int Completion, int? Cached = null, int? Reasoning = null)
{
    /// <param name="sink">Where to.</param>
    /// <param name="nulls">Whether absent details appear as null, as in plain replies.</param>
    public void Write(ref JsonSink sink, bool nulls)
    {
        sink.Raw("{\"prompt_tokens\":"u8);
        sink.Number(Prompt);
        sink.Raw(",\"total_tokens\":"u8);
        sink.Number(Prompt + Completion);
        sink.Raw(",\"completion_tokens\":"u8);
        sink.Number(Completion);
        if (Cached is { } cached)
        {
            sink.Raw(",\"prompt_tokens_details\":{\"cached_tokens\":"u8);
            sink.Number(cached);
            sink.Raw("}"u8);
        }
        else if (nulls) sink.Raw(",\"prompt_tokens_details\":null"u8);
        if (Reasoning is { } reasoning)
        {
            sink.Raw(",\"completion_tokens_details\":{\"reasoning_tokens\":"u8);
            sink.Number(reasoning);
            sink.Raw("}"u8);
        }
        sink.Raw("}"u8);
    }
}
