namespace Gateway.Routing.Balancing;

/// <summary><c>cost</c>: where the first token is expected soonest, in seconds.</summary>
/// <remarks>
/// For each candidate <see cref="CostTerms"/> add up what the prompt, the queue, the cache's fill, the batch and the replica's past cost. A replica
/// that has more of the prompt cached than the cheapest one is preferred to it while that costs less than half of reading the difference once more:
/// the room and the time that a second copy of a prefix takes are paid by later requests. What that may cost is bounded, too. Costs that differ by
/// less than anyone notices are equal and chance decides, so that gateways which do not know of each other do not all send to the same replica.
/// </remarks>
public sealed class CostPicker(PickerSettings settings) : IReplicaPicker
{
    /// <summary>The most seconds that a warm cache may cost, whatever the objective.</summary>
    public static readonly TimeSpan MostForHit = TimeSpan.FromSeconds(5);

    /// <summary>
    /// What a copy saved is worth to later requests, of what it takes to read it. Of 0, 1/2, 1 and 2, half gets most done in bench/Fleet: without it
    /// shared prefixes are copied to everywhere, and from 1 on agents with the same instructions stay together while other replicas idle.
    /// </summary>
    private const double CopyWorth = 0.5;

    /// <summary>Candidates whose costs are kept on the stack.</summary>
    private const int OnStack = 128;

    /// <summary>Costs closer than this are the same: below the time of any step of an engine.</summary>
    private const double Same = 0.001;

    private readonly double _mostForHit = Math.Min(MostForHit.TotalSeconds, settings.FirstTokenObjective.TotalSeconds / 2);

    public bool ReadsPrefix => true;

    public Choice Pick(ReadOnlySpan<Replica> candidates, in PickRequest request)
    {
        Span<Estimate> estimates = candidates.Length <= OnStack ? stackalloc Estimate[candidates.Length] : new Estimate[candidates.Length];
        var terms = new CostTerms(settings.Time, request.PromptTokens, request.Blocks.Span);
        var (hasRoom, mostBegun, perRequest) = (false, 0L, 0.0);
        for (var i = 0; i < candidates.Length; i++)
        {
            estimates[i] = terms.Of(candidates[i]);
            hasRoom |= estimates[i].HasRoom;
            mostBegun = Math.Max(mostBegun, estimates[i].Begun);
            perRequest += estimates[i].SecondsPerRequest / candidates.Length;
        }

        for (var i = 0; i < candidates.Length; i++)
            estimates[i].Seconds += CostTerms.Batch(estimates[i], perRequest) + CostTerms.Newcomer(estimates[i], candidates[i].InFlight, mostBegun);
        var picked = Warmest(estimates, hasRoom, Cheapest(estimates, hasRoom));
        return new Choice(candidates[picked], estimates[picked].ToForecast(request.PromptTokens));
    }

    private int Cheapest(ReadOnlySpan<Estimate> estimates, bool hasRoom)
    {
        var (cheapest, ties) = (-1, 1);
        for (var i = 0; i < estimates.Length; i++)
        {
            if (!MayPick(estimates[i], hasRoom))
                continue;
            var less = cheapest < 0 ? double.PositiveInfinity : estimates[cheapest].Seconds - estimates[i].Seconds;
            if (less > Same)
                (cheapest, ties) = (i, 1);
            else if (less > -Same && settings.Chance.Next(++ties) == 0)
                cheapest = i;
        }

        return cheapest;
    }

    /// <summary>The one with most of the prompt cached that does not cost too much more than the cheapest; that one itself if no other has more.</summary>
    private int Warmest(ReadOnlySpan<Estimate> estimates, bool hasRoom, int cheapest)
    {
        var picked = cheapest;
        for (var i = 0; i < estimates.Length; i++)
        {
            if (estimates[i].Hit <= estimates[picked].Hit || !MayPick(estimates[i], hasRoom))
                continue;
            var worth = CopyWorth * (estimates[i].Hit - estimates[cheapest].Hit) / estimates[i].TokensPerSecond;
            if (estimates[i].Seconds - estimates[cheapest].Seconds <= Math.Min(worth, _mostForHit))
                picked = i;
        }

        return picked;
    }

    private static bool MayPick(in Estimate estimate, bool hasRoom) => estimate.HasRoom || !hasRoom;
}
