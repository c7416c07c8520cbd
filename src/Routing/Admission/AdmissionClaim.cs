namespace Gateway.Routing.Admission;

/// <summary>What a request that asks for a place in a pool is judged by.</summary>
/// <param name="Priority">Its band in the queue, lower being sooner, as in vLLM.</param>
/// <param name="Caller">Whose share it is taken from.</param>
/// <param name="Tokens">What it is expected to cost: prompt and answer together, estimated.</param>
public readonly record struct AdmissionClaim(int Priority, CallerMark Caller, int Tokens)
{
    /// <summary>The band of requests that have been under way already: retries, resumed streams. Nobody queues ahead of them.</summary>
    public const int UnderWay = int.MinValue;
}
