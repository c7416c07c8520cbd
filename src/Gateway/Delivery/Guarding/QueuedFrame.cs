using Gateway.Protocol;

namespace Gateway.Delivery.Guarding;

/// <summary>A frame that has not left.</summary>
/// <param name="Start">Its place among all bytes that came.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="Payload">Where its payload stands in it.</param>
/// <param name="Texts">How many texts it has.</param>
/// <param name="IsShown">Whether the caller is to see it.</param>
/// <param name="IsEnd">It is <c>[DONE]</c>.</param>
internal readonly record struct QueuedFrame(int Start, int Length, ByteRange Payload, int Texts, bool IsShown, bool IsEnd)
{
    /// <summary>A choice ends here.</summary>
    public bool Finishes { get; init; }
}

/// <summary>A text of such a frame.</summary>
/// <param name="Channel">The place of its channel.</param>
/// <param name="Raw">Where it stands in the payload.</param>
/// <param name="From">Where it begins in its window.</param>
/// <param name="To">Behind its last byte there.</param>
internal readonly record struct QueuedText(int Channel, ByteRange Raw, int From, int To);
