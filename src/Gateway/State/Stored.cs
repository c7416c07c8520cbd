namespace Gateway.State;

/// <summary>What a store answered, or that it could not be reached.</summary>
/// <param name="IsReached">Whether the store answered; if not, the value means nothing.</param>
/// <param name="Value">The answer.</param>
public readonly record struct Stored<T>(bool IsReached, T Value);

/// <summary>A key and what is under it.</summary>
public sealed record StoredValue(string Key, byte[] Value);

/// <summary>One entry of a log and where it stands.</summary>
public sealed record LogEntry(LogPosition Position, byte[] Value);

/// <summary>A place in a log, in the store's own spelling; the default is before the first entry.</summary>
/// <param name="Text">The store's word for it; null before the first entry.</param>
public readonly record struct LogPosition(string? Text)
{
    public override string ToString() => Text ?? "";
}
