namespace Gateway.Bench.Chaos;

/// <summary>How one stream ended for its caller.</summary>
/// <param name="Text">What it said.</param>
/// <param name="Usage">The usage it told.</param>
/// <param name="IsWhole">It came to an end of its own.</param>
/// <param name="HasError">It ended with an error frame.</param>
/// <param name="Resumes">Seams that its comments tell of.</param>
internal sealed record StreamOutcome(string Text, string Usage, bool IsWhole, bool HasError, int Resumes);
