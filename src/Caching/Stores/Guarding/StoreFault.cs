namespace Gateway.Caching.Stores.Guarding;

/// <summary>A call to a store that came to nothing.</summary>
/// <param name="Store">The store, as it is called in metrics: <c>redis</c>, <c>qdrant</c>.</param>
/// <param name="Call">What was wanted of it: <c>get</c>, <c>set</c>, <c>search</c>, <c>add</c>, <c>remove</c>, <c>count</c>.</param>
/// <param name="Kind">How it failed.</param>
/// <param name="Reason">What happened, in the words of whoever noticed; no text of a request.</param>
public readonly record struct StoreFault(string Store, string Call, StoreFaultKind Kind, string Reason);

/// <summary>How a call to a store failed.</summary>
public enum StoreFaultKind
{
    /// <summary>It took longer than it may.</summary>
    TooSlow,

    /// <summary>The store, or the way to it, said no.</summary>
    Failed,

    /// <summary>It was not asked, because of faults before.</summary>
    LeftAlone,
}

/// <summary>A call whose failure must not go unnoticed failed: what should be removed may still be there.</summary>
public sealed class StoreUnreachedException(StoreFault fault) : Exception($"{fault.Store} {fault.Call}: {fault.Reason}")
{
    public StoreFault Fault { get; } = fault;
}
