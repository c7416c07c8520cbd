namespace Gateway.Guardrails.Content;

/// <summary>Finds words and topics that are not wanted.</summary>
public sealed class BlocklistGuard(IReadOnlyList<BlockedTopic> topics) : IGuard
{
    public int Lookbehind => 0;

    public int Inspect(ReadOnlySpan<byte> text, in Passage passage, Findings found) => throw new NotSupportedException(topics.ToString());
}
