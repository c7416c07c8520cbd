using System.Collections.Immutable;

namespace Gateway.Routing.Learning;

/// <summary>Which versions a scope has had, has, and tries; 0 is the default without a correction.</summary>
/// <remarks>A value: each change makes another one, which is kept whole in the state store.</remarks>
public sealed record CorrectionHistory
{
    /// <summary>How many versions can be rolled back to.</summary>
    public const int Longest = 8;

    /// <summary>The promoted version.</summary>
    public uint Current { get; init; }

    /// <summary>The version on trial; 0 when there is none.</summary>
    public uint Candidate { get; init; }

    /// <summary>When its trial began, in seconds since 1970.</summary>
    public long Since { get; init; }

    /// <summary>Versions promoted before the current one, the last one first.</summary>
    public ImmutableArray<uint> Earlier { get; init; } = [];

    /// <summary>Versions that were rolled back, which are not tried again; the last one first.</summary>
    public ImmutableArray<uint> Refused { get; init; } = [];

    public int Promotions { get; init; }

    public int Rollbacks { get; init; }

    /// <summary>Whether any state still needs this version's content.</summary>
    public bool Needs(uint version) => version == Current || version == Candidate || Earlier.Contains(version);

    /// <summary>Puts a version on trial, unless it is known already or another one is on trial.</summary>
    public CorrectionHistory Try(uint version, long now) =>
        Candidate != 0 || version == Current || Refused.Contains(version) ? this : this with { Candidate = version, Since = now };

    /// <summary>The candidate has stood its trial.</summary>
    public CorrectionHistory Promote() => this with
    {
        Current = Candidate,
        Candidate = 0,
        Earlier = Front(Earlier, Current),
        Promotions = Promotions + 1,
    };

    /// <summary>Ends a trial, or when none is on, goes back to the version before; beyond the first one is the default.</summary>
    public CorrectionHistory RollBack()
    {
        if (Candidate != 0)
            return this with { Candidate = 0, Refused = Front(Refused, Candidate), Rollbacks = Rollbacks + 1 };
        if (Current == 0)
            return this;
        return this with
        {
            Current = Earlier.IsEmpty ? 0 : Earlier[0],
            Earlier = Earlier.IsEmpty ? Earlier : Earlier.RemoveAt(0),
            Refused = Front(Refused, Current),
            Rollbacks = Rollbacks + 1,
        };
    }

    private static ImmutableArray<uint> Front(ImmutableArray<uint> versions, uint version) =>
        [version, .. versions.Take(Longest - 1)];
}
