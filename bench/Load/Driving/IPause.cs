namespace Gateway.Bench.Load.Driving;

/// <summary>Waits for a moment in time, on the thread that calls.</summary>
public interface IPause
{
    /// <summary>Returns at the timestamp, or at once when it has passed.</summary>
    void Until(long timestamp);
}
