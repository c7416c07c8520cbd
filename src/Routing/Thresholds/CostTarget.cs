namespace Gateway.Routing.Thresholds;

/// <summary><c>cost_per_1k</c>: the share at which a thousand requests cost so much, from what requests cost of late.</summary>
/// <remarks>
/// With the average request at <c>s</c> USD on the small pool and at <c>l</c> on the large one, a share <c>x</c> costs
/// <c>1000 · (s + x · (l - s))</c>. The average is exponential over about the last 500 requests; before there are any, a request
/// is taken to have 1,000 prompt tokens and 300 generated ones.
/// </remarks>
public sealed class CostTarget(double usdPerThousand, TokenPrice small, TokenPrice large) : IShareTarget
{
    private const double Forgetting = 1.0 / 500;

    private readonly Lock _lock = new();
    private double _prompt = 1000;
    private double _cached;
    private double _completion = 300;

    public double Share
    {
        get
        {
            lock (_lock)
            {
                var (low, high) = (small.Of(_prompt, _cached, _completion), large.Of(_prompt, _cached, _completion));
                return high <= low ? 1 : Math.Clamp(((usdPerThousand / 1000) - low) / (high - low), 0, 1);
            }
        }
    }

    public void NoteUsage(int prompt, int cached, int completion)
    {
        lock (_lock)
        {
            _prompt += (prompt - _prompt) * Forgetting;
            _cached += (cached - _cached) * Forgetting;
            _completion += (completion - _completion) * Forgetting;
        }
    }
}
