using System.Collections.Immutable;

namespace Gateway.Routing.Health;

/// <summary>Which of a pool's members a request is offered to: all of them when probes rule out too many, newcomers only now and then.</summary>
/// <remarks>
/// Few reachable members mean more often that the probing is at fault than that a pool died at once, and if they did die, the rest
/// could not bear the load; requests find out, and breakers remember. A newcomer has cold caches and nothing in flight, so any policy
/// that likes idle replicas would send it everything at once: its share grows with its age instead.
/// </remarks>
public sealed class Eligibility(HealthSettings settings, TimeProvider time, Random chance)
{
    /// <summary>
    /// Steps that a newcomer's share grows in. The first is also what it begins with, 5 %; and members that came within one step of each
    /// other, as all do when the gateway starts, are alike.
    /// </summary>
    private const int Steps = 20;

    private readonly long _step = (long)(settings.SlowStart.TotalSeconds * time.TimestampFrequency / Steps);

    /// <summary>Whether so few of the members that stay are reachable that probes are not believed.</summary>
    public bool IgnoresProbes(ImmutableArray<Replica> members)
    {
        var (staying, reachable) = (0, 0);
        foreach (var replica in members)
        {
            if (replica.Notice is not null)
                continue;
            staying++;
            reachable += replica.IsReachable ? 1 : 0;
        }

        return reachable < settings.Panic * staying;
    }

    /// <summary>Leaves out newcomers by chance, each the more rarely the older it is beside the oldest, which always stays.</summary>
    /// <param name="candidates">Who may serve the request; those that stay are moved to the front, in their order.</param>
    /// <returns>How many stay; none only if there were none.</returns>
    public int Thin(Span<Replica> candidates)
    {
        if (_step == 0 || candidates.Length < 2)
            return candidates.Length;
        var now = time.GetTimestamp();
        var (oldest, youngest) = (1, Steps);
        foreach (var replica in candidates)
        {
            var share = ShareOf(replica, now);
            (oldest, youngest) = (Math.Max(oldest, share), Math.Min(youngest, share));
        }

        if (youngest == oldest)
            return candidates.Length;
        var count = 0;
        foreach (var replica in candidates)
        {
            var share = ShareOf(replica, now);
            if (share == oldest || chance.Next(oldest) < share)
                candidates[count++] = replica;
        }

        return count;
    }

    /// <summary>How far a replica is on its way to a full share, from 1; over the oldest's, what it is offered of that one's requests.</summary>
    public double AgeOf(Replica replica, long now) => _step == 0 ? 1 : ShareOf(replica, now);

    /// <summary>Steps of its full share that a replica has reached, from 1.</summary>
    private int ShareOf(Replica replica, long now) =>
        (int)Math.Clamp(((now - replica.Breaker.AdmittingSince) / _step) + 1, 1, Steps);
}
