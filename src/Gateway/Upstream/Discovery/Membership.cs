using Gateway.Routing;
using Gateway.Routing.Health;

namespace Gateway.Upstream.Discovery;

/// <summary>Makes what a source found the members of a pool. Members found again keep their breaker and their requests in flight.</summary>
/// <remarks>
/// A member that leaves is remembered for a while: one that only failed its readiness probe comes back as the same replica with the
/// same faults, but without its notice, since what was going away is gone. Not thread-safe.
/// </remarks>
public sealed class Membership(TimeProvider time)
{
    /// <summary>Reason of the notices that a source gives, and takes back.</summary>
    public const string Terminating = "terminating";

    /// <summary>How long a member that left is remembered: longer than a readiness probe flaps, shorter than an address waits for its next pod.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(1);

    private readonly Dictionary<Uri, (Replica Replica, long At)> _left = [];

    /// <summary>Replaces the pool's members where they differ from what was found.</summary>
    /// <param name="pool">The pool in force.</param>
    /// <param name="found">All that a source knows of; an address counts once.</param>
    /// <param name="breaker">When a newcomer's breaker opens.</param>
    public MembershipChange Apply(Pool pool, IReadOnlyList<FoundReplica> found, BreakerSettings breaker)
    {
        Forget();
        var before = pool.Replicas.ToDictionary(replica => replica.Address);
        var members = new List<Replica>();
        var (joined, draining) = (new List<Replica>(), new List<Replica>());
        foreach (var one in found.DistinctBy(one => one.Address).OrderBy(one => one.Address.Authority, StringComparer.Ordinal))
        {
            if (!before.Remove(one.Address, out var replica))
            {
                // One that is already leaving has nothing of ours to finish.
                if (one.IsLeaving)
                    continue;
                replica = Return(one.Address) ?? new Replica(one.Address, new CircuitBreaker(breaker, time));
                joined.Add(replica);
            }

            members.Add(replica);
            if (Note(replica, one.IsLeaving))
                draining.Add(replica);
        }

        foreach (var replica in before.Values)
            _left[replica.Address] = (replica, time.GetTimestamp());
        if (joined.Count > 0 || before.Count > 0)
            pool.Become([.. members]);
        return new MembershipChange(joined, draining, [.. before.Values]);
    }

    /// <returns>Whether it is leaving and was not before.</returns>
    private bool Note(Replica replica, bool isLeaving)
    {
        if (isLeaving && replica.Notice is null)
        {
            replica.Drain(new DrainNotice(Terminating, time.GetTimestamp(), null));
            return true;
        }

        // The very object, so that an operator who gives the same reason is not contradicted.
        if (!isLeaving && ReferenceEquals(replica.Notice?.Reason, Terminating))
            replica.Undrain();
        return false;
    }

    private Replica? Return(Uri address)
    {
        if (!_left.Remove(address, out var left))
            return null;
        left.Replica.Return();
        return left.Replica;
    }

    private void Forget()
    {
        foreach (var (address, (_, at)) in _left)
        {
            if (time.GetElapsedTime(at) > Remembered)
                _left.Remove(address);
        }
    }
}

/// <summary>What became of a pool's members.</summary>
/// <param name="Joined">New, or back.</param>
/// <param name="Draining">Members still, that were found to be leaving.</param>
/// <param name="Left">No members any more.</param>
public sealed record MembershipChange(IReadOnlyList<Replica> Joined, IReadOnlyList<Replica> Draining, IReadOnlyList<Replica> Left);
