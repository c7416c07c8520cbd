using System.Collections.Immutable;

namespace Gateway.Caching;

/// <summary>What is known of an entry beside its answer: by this it is found again when it shall go.</summary>
/// <param name="Owner">Whose it is: a tenant, or a wider group that the configuration made.</param>
/// <param name="Model">The model that was asked for.</param>
/// <param name="Tags">Words that the caller or the configuration put on it.</param>
/// <param name="StoredAt">When it was stored.</param>
/// <param name="ExpiresAt">From when on it is no more.</param>
public sealed record EntryFacts(string Owner, string Model, ImmutableArray<string> Tags, DateTimeOffset StoredAt, DateTimeOffset ExpiresAt);

/// <summary>Which entries are meant: those that fulfil all that is given; with nothing given, all of them.</summary>
/// <param name="Id">One entry, by its exact key.</param>
/// <param name="Owner">Of one owner.</param>
/// <param name="Model">For one model.</param>
/// <param name="Tag">With this tag.</param>
/// <param name="StoredBefore">Older than this moment.</param>
/// <param name="ExpiredAt">No more at this moment.</param>
public sealed record EntryFilter(
    CacheKey? Id = null, string? Owner = null, string? Model = null, string? Tag = null, DateTimeOffset? StoredBefore = null, DateTimeOffset? ExpiredAt = null)
{
    public bool Matches(CacheKey id, EntryFacts facts) =>
        (Id is null || Id == id)
        && (Owner is null || Owner == facts.Owner)
        && (Model is null || Model == facts.Model)
        && (Tag is null || facts.Tags.Contains(Tag))
        && (StoredBefore is null || facts.StoredAt < StoredBefore)
        && (ExpiredAt is null || facts.ExpiresAt <= ExpiredAt);
}
