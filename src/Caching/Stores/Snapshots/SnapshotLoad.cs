namespace Gateway.Caching.Stores.Snapshots;

/// <summary>What loading a snapshot came to.</summary>
/// <param name="Entries">Entries that it brought.</param>
/// <param name="Refusal">Why it was refused, in a few words; null when it was not. Then it brought none.</param>
public readonly record struct SnapshotLoad(long Entries, string? Refusal);
