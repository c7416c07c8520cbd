using Gateway.Completions;

namespace Gateway.Learning.Shadows;

/// <summary>A delivered answer that another pool's shall be compared with. Its texts live in memory, until they are compared.</summary>
/// <param name="Open">The request, and the model that will learn from it.</param>
/// <param name="OtherPool">The pool to ask.</param>
/// <param name="Body">The caller's request.</param>
/// <param name="Answer">The answer's bytes: frames when it was streamed, else JSON.</param>
/// <param name="IsStream">Whether it was.</param>
public sealed record ShadowCall(OpenOutcome Open, string OtherPool, byte[] Body, ReadOnlyMemory<byte> Answer, bool IsStream)
{
    /// <summary>The group of pools that the request may not leave; null when it may go anywhere.</summary>
    public string? Group { get; init; }

    public static ShadowCall Of(Exchange exchange, OpenOutcome open, AnswerCopy copy)
    {
        var cascade = exchange.Route!.Cascade;
        var other = open.Outcome.IsLarge ? cascade[0] : cascade[^1];
        return new ShadowCall(open, other.Name, exchange.Body!.Memory.ToArray(), copy.Bytes, exchange.Request!.Stream) { Group = exchange.Group };
    }
}
