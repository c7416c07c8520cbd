namespace Gateway.Routing.Balancing;

/// <summary><c>cost</c>: where the first token is expected soonest, in seconds.</summary>
/// <remarks>
/// For each candidate <see cref="CostTerms"/> add up what the prompt, the queue, the cache's fill, the batch and the replica's past cost. A
/// replica that has more of the prompt cached than the cheapest one is preferred to it while that costs less than reading the difference once
/// more: the room and the time that a second copy of a prefix takes are paid by later requests. That is bounded by <see cref="_mostForHit"/>. A
/// prompt that nobody has cached takes the cheaper of two replicas drawn by chance, so that gateways which do not know of each other do not all
/// send to the same one.
/// </remarks>
public sealed class CostPicker(PickerSettings settings) : IReplicaPicker
{
    /// <summary>The most seconds that a warm cache may cost, whatever the objective.</summary>
    public static readonly TimeSpan MostForHit = TimeSpan.FromSeconds(5);

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
        var (warmest, hasRoom, mostBegun) = (0, false, 0L);
        for (var i = 0; i < candidates.Length; i++)
        {
            estimates[i] = terms.Of(candidates[i]);
            hasRoom |= estimates[i].HasRoom;
            mostBegun = Math.Max(mostBegun, estimates[i].Begun);
            if (estimates[i].Hit > estimates[warmest].Hit)
                warmest = i;
        }

        for (var i = 0; i < candidates.Length; i++)
            estimates[i].Seconds += CostTerms.Newcomer(estimates[i], candidates[i].InFlight, mostBegun);
        var picked = estimates[warmest].Hit == 0 ? Cold(estimates, hasRoom) : Warm(estimates, hasRoom);
        return new Choice(candidates[picked], estimates[picked].ToForecast(request.PromptTokens));
    }

    /// <summary>The cheaper of two drawn by chance.</summary>
    private int Cold(ReadOnlySpan<Estimate> estimates, bool hasRoom)
    {
        var (first, second) = (Draw(estimates, hasRoom, -1), 0);
        second = Draw(estimates, hasRoom, first);
        return estimates[second].Seconds < estimates[first].Seconds ? second : first;
    }

    /// <summary>One of those that may be picked, drawn by chance; <paramref name="other"/> only if there is no other.</summary>
    private int Draw(ReadOnlySpan<Estimate> estimates, bool hasRoom, int other)
    {
        var (drawn, seen) = (Math.Max(0, other), 0);
        for (var i = 0; i < estimates.Length; i++)
        {
            if (i != other && MayPick(estimates[i], hasRoom) && settings.Chance.Next(++seen) == 0)
                drawn = i;
        }

        return drawn;
    }

    private int Warm(ReadOnlySpan<Estimate> estimates, bool hasRoom)
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

        var picked = cheapest;
        for (var i = 0; i < estimates.Length; i++)
        {
            var saved = (estimates[i].Hit - estimates[cheapest].Hit) / estimates[i].TokensPerSecond;
            var costs = estimates[i].Seconds - estimates[cheapest].Seconds;
            if (MayPick(estimates[i], hasRoom) && costs < Math.Min(saved, _mostForHit) && estimates[i].Hit > estimates[picked].Hit)
                picked = i;
        }

        return picked;
    }

    private static bool MayPick(in Estimate estimate, bool hasRoom) => estimate.HasRoom || !hasRoom;
}
