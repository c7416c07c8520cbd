namespace Gateway.Routing.Thresholds;

/// <summary>Says what share of the requests the large pool is to answer now.</summary>
public interface IShareTarget
{
    /// <summary>In [0, 1].</summary>
    double Share { get; }
}

/// <summary><c>llm_share</c>: always the same.</summary>
public sealed class FixedShare(double share) : IShareTarget
{
    public double Share { get; } = share;
}
