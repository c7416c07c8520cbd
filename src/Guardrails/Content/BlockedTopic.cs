using System.Collections.Immutable;

namespace Gateway.Guardrails.Content;

/// <summary>Words and phrases that belong to one thing that is not wanted.</summary>
/// <param name="Label">The finding's label.</param>
/// <param name="Terms">Words and phrases, in any script; found as whole words whatever their case. At most 128 characters each.</param>
public sealed record BlockedTopic(string Label, ImmutableArray<string> Terms)
{
    /// <summary>How many different terms must occur within 1,024 bytes of one text before it counts: one for a block list, more for a topic.</summary>
    public int AtLeast { get; init; } = 1;
}
