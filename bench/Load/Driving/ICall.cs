namespace Gateway.Bench.Load.Driving;

/// <summary>What a driver drives: one request from start to end. Failures are counted by the call, never thrown.</summary>
public interface ICall
{
    /// <summary>Makes the request now; latency counts from <paramref name="intendedStart"/>, a timestamp that may have passed.</summary>
    ValueTask CallAsync(long intendedStart);

    /// <summary>The request was due at <paramref name="intendedStart"/> and the phase ended before there was room for it.</summary>
    void NeverStarted(long intendedStart);
}
