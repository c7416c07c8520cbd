namespace Gateway.Routing.Health;

/// <summary>Word that a replica is going away.</summary>
/// <param name="Reason">Who said so, in a word or two, for logs.</param>
/// <param name="At">When it was said, as a timestamp of the clock.</param>
/// <param name="Left">How long it still serves from then on; null when nobody knows.</param>
public sealed record DrainNotice(string Reason, long At, TimeSpan? Left);
