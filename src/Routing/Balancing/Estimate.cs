namespace Gateway.Routing.Balancing;

/// <summary>What a request costs at one candidate.</summary>
internal struct Estimate
{
    /// <summary>To the first token.</summary>
    public double Seconds;

    /// <summary>Prompt tokens it was sent before.</summary>
    public int Matched;

    /// <summary>Of those, the ones it is believed to have.</summary>
    public int Hit;

    /// <summary>Whether its cache has room for more.</summary>
    public bool HasRoom;

    /// <summary>Prompt tokens it reads in a second.</summary>
    public double TokensPerSecond;

    /// <summary>Answers that have begun there.</summary>
    public long Begun;

    public readonly Forecast ToForecast(int promptTokens) => new(promptTokens, Matched, Hit, (float)Seconds);
}
