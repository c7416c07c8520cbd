using System.Collections.Immutable;
using Gateway.Routing.Rules.Cel;
using Gateway.Routing.Rules.Facts;

namespace Gateway.Routing.Rules;

/// <summary>A condition, and what becomes of the requests that fulfil it.</summary>
/// <param name="name">Its name, in headers, logs and metrics.</param>
/// <param name="when">The condition.</param>
/// <param name="shares">Where requests go: one target with all of them, or several; none when it turns them away, or only gives them a priority.</param>
/// <param name="rejection">How they are turned away; null when they go somewhere.</param>
public sealed class RoutingRule(string name, CelProgram<RuleFacts> when, ImmutableArray<RuleShare> shares, RuleRejection? rejection)
{
    /// <summary>Makes the draw independent of those of trials.</summary>
    private const ulong Salt = 0x7275_6c65_0000_0001;

    private int _failures;

    public string Name { get; } = name;

    public CelProgram<RuleFacts> When { get; } = when;

    public RuleRejection? Rejection { get; } = rejection;

    /// <summary>Whether the rules below are asked as well, as if its target had been asked for.</summary>
    public bool IsChain { get; init; }

    /// <summary>The priority that the request gets upstream, lower being earlier; null when it keeps what it has.</summary>
    public int? Priority { get; init; }

    /// <summary>The group that the request may not leave; null when the rule does not bind it.</summary>
    public string? Group { get; init; }

    /// <summary>Whether the rules below it are not asked: it turns the request away, or says where it goes and does not chain.</summary>
    public bool IsLast => Rejection is not null || (!IsChain && !shares.IsEmpty);

    /// <summary>The target that a conversation draws; null where the rule does not say where to go.</summary>
    public RuleTarget? TargetFor(RuleFacts facts)
    {
        if (shares.Length < 2)
            return shares.IsEmpty ? null : shares[0].Target;
        var conversation = facts.Conversation;
        foreach (var share in shares)
        {
            if (conversation.FallsInto(share.UpTo, Salt))
                return share.Target;
        }

        return shares[^1].Target;
    }

    /// <summary>Notes that the condition had no value.</summary>
    /// <returns>Whether it is the first time, so that a log need not repeat it with every request.</returns>
    public bool NoteFailure() => Interlocked.Exchange(ref _failures, 1) == 0;
}
