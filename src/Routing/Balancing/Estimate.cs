namespace Gateway.Routing.Balancing;

/// <summary>What a request costs at one candidate.</summary>
internal struct Estimate
{
    /// <summary>To the first token.</summary>
    public double Seconds;

    /// <summary>Prompt tokens that it was sent not too long ago.</summary>
    public int Matched;

    /// <summary>Of those, the ones it is believed to have, as such beliefs came true of late.</summary>
    public int Hit;

    /// <summary>Whether its cache has room for more.</summary>
    public bool HasRoom;

    /// <summary>Prompt tokens it reads in a second.</summary>
    public double TokensPerSecond;

    /// <summary>Requests that generate there, or will.</summary>
    public double Requests;

    /// <summary>Seconds that each of them costs, which are not in <see cref="Seconds"/> yet.</summary>
    public double SecondsPerRequest;

    /// <summary>Answers that have begun there.</summary>
    public long Begun;

    public readonly Forecast ToForecast(int promptTokens) => new(promptTokens, Matched, Hit, (float)Seconds);
}
