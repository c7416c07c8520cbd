using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Gateway.Routing.Cascade.Checks;

/// <summary>The checks by name, in the order they are made: the sharpest first.</summary>
public static class AnswerChecks
{
    /// <summary>Every check.</summary>
    public static readonly ImmutableArray<IAnswerCheck> All =
    [
        new UnparsableCallCheck(), new UnknownFunctionCheck(), new MissingArgumentCheck(), new InventedArgumentCheck(), new ArgumentTypeCheck(),
        new LengthCheck(), new InvalidJsonCheck(), new EmptyCheck(), new RefusalCheck(), new RepetitionCheck(),
    ];

    private static readonly FrozenDictionary<string, IAnswerCheck> ByName = All.ToFrozenDictionary(check => check.Name);

    public static IEnumerable<string> Names => All.Select(check => check.Name);

    /// <summary>The checks of these names, in the order they are made.</summary>
    public static ImmutableArray<IAnswerCheck> Get(IEnumerable<string> names)
    {
        var wanted = names.Select(name => ByName[name]).ToHashSet();
        return [.. All.Where(wanted.Contains)];
    }

    /// <summary>The first check that flags the answer; null when none does.</summary>
    public static IAnswerCheck? FirstFlag(ImmutableArray<IAnswerCheck> checks, DraftAnswer answer, Offer offer)
    {
        foreach (var check in checks)
        {
            if (check.Flags(answer, offer))
                return check;
        }

        return null;
    }
}
