namespace Gateway.Routing.Balancing;

/// <summary><c>cost</c>: where the first token is expected soonest, in seconds.</summary>
/// <remarks>
/// For each candidate <see cref="CostTerms"/> add up what the prompt, the queue, the cache's fill, the batch and the replica's past cost. A replica
/// that has more of the prompt cached than the cheapest one is preferred to it while that costs less than half of reading the difference once more:
/// the room and the time that a second copy of a prefix takes are paid by later requests. What that may cost is bounded, too. Costs that differ by
/// less than anyone notices are equal and chance decides. Where scrapes show that others send there as well, they see the same costs between two
/// scrapes and would all agree on the cheapest replica: a prompt that nobody has then goes to the cheaper of two drawn by chance.
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

    /// <summary>
    /// The share of the requests there that must have come from others. Of what ended between a scrape and its reading some seems to be others', which
    /// stays far below; one other gateway with as much to do makes a half.
    /// </summary>
    private const double OthersShare = 0.25;

    /// <summary>A prompt is cold while no candidate has more than this share of it.</summary>
    private const double ColdShare = 0.25;

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
        var (hasRoom, mostBegun, mostHit, requests, others) = (false, 0L, 0, 0, 0);
        for (var i = 0; i < candidates.Length; i++)
        {
            ref var estimate = ref estimates[i];
            estimate = terms.Of(candidates[i]);
            hasRoom |= estimate.HasRoom;
            (mostBegun, mostHit) = (Math.Max(mostBegun, estimate.Begun), Math.Max(mostHit, estimate.Hit));
            (requests, others) = (requests + estimate.Requests, others + estimate.Others);
        }

        for (var i = 0; i < candidates.Length; i++)
            estimates[i].Seconds += CostTerms.Newcomer(estimates[i], candidates[i].InFlight, mostBegun);
        var draws = others > OthersShare * requests && mostHit <= ColdShare * request.PromptTokens;
        var picked = draws ? CheaperOfTwo(estimates, hasRoom) : Warmest(estimates, hasRoom, Cheapest(estimates, hasRoom));
        return new Choice(candidates[picked], estimates[picked].ToForecast(request.PromptTokens));
    }

    private int CheaperOfTwo(ReadOnlySpan<Estimate> estimates, bool hasRoom)
    {
        var (one, other) = (-1, -1);
        var seen = 0;
        for (var i = 0; i < estimates.Length; i++)
        {
            if (!MayPick(estimates[i], hasRoom))
                continue;
            // Each stays among the two with the same chance, however many come.
            var place = seen < 2 ? seen : settings.Chance.Next(seen + 1);
            (one, other) = (place == 0 ? i : one, place == 1 ? i : other);
            seen++;
        }

        return other >= 0 && estimates[other].Seconds < estimates[one].Seconds ? other : one;
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
