namespace Gateway.Routing.Thresholds;

/// <summary>Says what share of the requests the large pool is to answer now.</summary>
public interface IShareTarget
{
    /// <summary>In [0, 1].</summary>
    double Share { get; }

    /// <summary>A request was answered: how large it was, in tokens.</summary>
    void NoteUsage(int prompt, int cached, int completion);
}

/// <summary><c>llm_share</c>: always the same.</summary>
public sealed class FixedShare(double share) : IShareTarget
{
    public double Share { get; } = share;

    public void NoteUsage(int prompt, int cached, int completion)
    {
    }
}
