namespace Gateway.Bench.Overload;

/// <summary>Arrivals at an even rate, whatever becomes of those before.</summary>
public sealed class OpenLoad(Caller caller, Random chance, TimeProvider time)
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(5);

    /// <summary>Runs the load and waits for every request to end.</summary>
    /// <param name="groups">Who asks; shares that sum to 1.</param>
    /// <param name="perSecond">All of them together.</param>
    /// <param name="length">For how long requests arrive.</param>
    /// <param name="patience">How long each stays.</param>
    /// <param name="look">Called while it runs.</param>
    public async Task<IReadOnlyList<Arrival>> RunAsync(
        IReadOnlyList<CallerGroup> groups, double perSecond, TimeSpan length, TimeSpan patience, Action look)
    {
        var calls = new List<(CallerGroup From, TimeSpan At, Task<Outcome> Call)>();
        var startedAt = time.GetTimestamp();
        for (var elapsed = TimeSpan.Zero; elapsed < length; elapsed = time.GetElapsedTime(startedAt))
        {
            while (calls.Count < elapsed.TotalSeconds * perSecond)
            {
                var from = Draw(groups);
                calls.Add((from, elapsed, caller.AskAsync(from, patience)));
            }

            look();
            await Task.Delay(Step, time);
        }

        await Task.WhenAll(calls.Select(call => call.Call));
        return [.. calls.Select(call => new Arrival(call.From, call.At, call.Call.Result))];
    }

    private CallerGroup Draw(IReadOnlyList<CallerGroup> groups)
    {
        var drawn = chance.NextDouble();
        foreach (var group in groups)
        {
            drawn -= group.Share;
            if (drawn < 0)
                return group;
        }

        return groups[^1];
    }
}

/// <summary>A request of the load.</summary>
/// <param name="From">Who asked.</param>
/// <param name="At">When, since the load began.</param>
/// <param name="Outcome">How it went.</param>
public sealed record Arrival(CallerGroup From, TimeSpan At, Outcome Outcome);
