using Gateway.Dispatch;
using Gateway.Protocol;

namespace Gateway.Delivery.Resume;

/// <summary>What of a frame the caller is not to see, because only the gateway asked for it.</summary>
internal static class HiddenFrames
{
    /// <summary>Most parts of one frame that are hidden.</summary>
    public const int MostParts = 5;

    /// <summary>Whether the whole frame was sent for nothing else.</summary>
    public static bool Hides(HiddenParts hides, in Chunk chunk)
    {
        if (hides == HiddenParts.None || chunk.Kind != ChunkKind.Part || chunk.Finished > 0 || chunk.HasRole)
            return false;
        var hidesLogprobs = (hides & HiddenParts.Logprobs) != 0;
        if (hidesLogprobs && !chunk.Logprobs.IsEmpty && !chunk.IsVisible)
            return true;
        if ((hides & HiddenParts.TokenIds) != 0 && !chunk.TokenIds.IsEmpty && !chunk.IsVisible && (hidesLogprobs || chunk.Logprobs.IsEmpty))
            return true;
        return (hides & HiddenParts.Thought) != 0 && !chunk.Reasoning.IsEmpty && chunk.Content.IsEmpty && !chunk.CallsTool && !chunk.ShowsOther;
    }

    /// <summary>The parts of a frame that are hidden, in the order in which they stand in its payload.</summary>
    /// <param name="hides">What the caller is not to see.</param>
    /// <param name="payload">The frame's.</param>
    /// <param name="chunk">What it means.</param>
    /// <param name="parts">Filled in; of length <see cref="MostParts"/>.</param>
    /// <returns>How many there are.</returns>
    public static int PartsOf(HiddenParts hides, ReadOnlySpan<byte> payload, in Chunk chunk, Span<HiddenPart> parts)
    {
        if (hides == HiddenParts.None)
            return 0;
        var count = 0;
        if ((hides & HiddenParts.Logprobs) != 0)
            Add(parts, ref count, chunk.Logprobs, isNulled: true);
        if ((hides & HiddenParts.RunningUsage) != 0 && !chunk.IsUsageOnly)
            Add(parts, ref count, chunk.UsageMember, isNulled: false);
        if ((hides & HiddenParts.TokenIds) != 0)
            Add(parts, ref count, chunk.TokenIds, isNulled: true);
        if ((hides & HiddenParts.PromptTokenIds) != 0)
            Add(parts, ref count, chunk.PromptTokenIds, isNulled: true);
        if ((hides & HiddenParts.Thought) != 0 && !chunk.Reasoning.IsEmpty)
            Add(parts, ref count, MemberOf(payload, chunk.Reasoning), isNulled: false);
        return count;
    }

    /// <summary>The whole member whose text stands there, with one comma beside it.</summary>
    public static ByteRange MemberOf(ReadOnlySpan<byte> payload, ByteRange text)
    {
        var colon = payload[..(text.Start - 1)].LastIndexOf((byte)':');
        var nameEnd = payload[..colon].LastIndexOf((byte)'"');
        var start = payload[..nameEnd].LastIndexOf((byte)'"');
        return JsonMember.WithComma(payload, new ByteRange(start, text.End + 1 - start));
    }

    private static void Add(Span<HiddenPart> parts, ref int count, ByteRange at, bool isNulled)
    {
        if (at.IsEmpty)
            return;
        var place = count++;
        for (; place > 0 && parts[place - 1].At.Start > at.Start; place--)
            parts[place] = parts[place - 1];
        parts[place] = new HiddenPart(at, isNulled);
    }
}

/// <summary>Bytes of a payload that are left out.</summary>
/// <param name="At">Where they stand.</param>
/// <param name="IsNulled">Whether <c>null</c> stands in their place.</param>
internal readonly record struct HiddenPart(ByteRange At, bool IsNulled);
