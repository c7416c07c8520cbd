namespace Gateway.Routing.Balancing;

/// <summary>The terms of what one request costs at a replica, each in seconds.</summary>
internal readonly ref struct CostTerms(TimeProvider time, int promptTokens, ReadOnlySpan<ulong> blocks)
{
    /// <summary>
    /// Seconds at a cache half full, growing without bound towards a full one: the barrier 0.15 s × k/(1−k) of SGLang's router, which weighs little
    /// until requests are about to wait for room.
    /// </summary>
    public const double KvSeconds = 0.15;

    /// <summary>The share of a cache in use above which a replica is passed over while another has room.</summary>
    public const double KvFull = 0.95;

    /// <summary>
    /// Replicas whose decode speeds differ by no more than this share are equally fast: so much comes of chance, and counted for a batch of dozens
    /// of requests it would outweigh what is known exactly.
    /// </summary>
    public const double Alike = 0.25;

    /// <summary>Seconds for each request under way at a newcomer, whose kernels compile and whose connections open; falling to 0 with its first answers.</summary>
    public const double NewcomerSeconds = 0.25;

    /// <summary>Answers after which a replica is no newcomer, and those another must have given before one is: a pool that starts as a whole has none.</summary>
    public const int NewcomerAnswers = 16, VeteranAnswers = 64;

    /// <summary>Seconds for a fault a moment ago, halved with every <see cref="FaultHalfLife"/>.</summary>
    public const double FaultSeconds = 1;

    public static readonly TimeSpan FaultHalfLife = TimeSpan.FromSeconds(10);

    private readonly ReadOnlySpan<ulong> _blocks = blocks;

    public Estimate Of(Replica replica)
    {
        var standing = replica.Work.Look(replica.Capabilities?.KvTokens ?? PrefixMemory.DefaultTokens);
        var matched = _blocks.IsEmpty ? 0 : Math.Min(promptTokens, replica.Prefixes.Expect(_blocks) * PickRequest.TokensPerBlock);
        var hit = (int)(matched * replica.Prefixes.Trust);
        // Beyond this fill the barrier says no more than "full".
        var fill = Math.Clamp(standing.KvUse, 0, 0.99);
        return new Estimate
        {
            Matched = matched,
            Hit = hit,
            HasRoom = standing.KvUse <= KvFull,
            TokensPerSecond = standing.TokensPerSecond,
            Begun = standing.Begun,
            Requests = standing.Requests,
            SecondsPerRequest = standing.SecondsPerRequest,
            Seconds = ((promptTokens - hit + standing.Prefill) / standing.TokensPerSecond)
                + (KvSeconds * fill / (1 - fill))
                + Faults(replica),
        };
    }

    /// <summary>What the requests there cost, where one costs so much at the candidates on average.</summary>
    public static double Batch(in Estimate estimate, double usual) =>
        estimate.Requests * (Math.Abs(estimate.SecondsPerRequest - usual) <= Alike * usual ? usual : estimate.SecondsPerRequest);

    /// <summary>What it costs that a replica is new among others that are not.</summary>
    public static double Newcomer(in Estimate estimate, int inFlight, long mostBegun) =>
        mostBegun < VeteranAnswers || estimate.Begun >= NewcomerAnswers
            ? 0
            : NewcomerSeconds * inFlight * (1 - ((double)estimate.Begun / NewcomerAnswers));

    private double Faults(Replica replica) =>
        replica.Breaker.LastFault is { } at ? FaultSeconds * double.Exp2(-(time.GetElapsedTime(at) / FaultHalfLife)) : 0;
}
