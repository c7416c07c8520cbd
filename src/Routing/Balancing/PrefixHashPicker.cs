namespace Gateway.Routing.Balancing;

/// <summary><c>prefix_hash</c>: prompts that begin alike go to the same replica, unless it has more than its share under way.</summary>
/// <remarks>
/// By rendezvous: each replica is ranked by a hash of its name and the prompt's beginning, which is a consistent ring without a ring to keep: a
/// replica that comes or goes moves its own prompts only, and every gateway ranks alike (Thaler and Ravishankar, "Using Name-Based Mappings to
/// Increase Hit Rates", 1998). The bound on load is that of Mirrokni, Thorup and Zadimoghaddam, "Consistent Hashing with Bounded Loads", 2018.
/// </remarks>
public sealed class PrefixHashPicker(Random chance) : IReplicaPicker
{
    /// <summary>Blocks that make a beginning: 256 tokens, as in SGLang's router. Longer ones tell more prompts apart and keep fewer together.</summary>
    public const int Beginning = 4;

    /// <summary>The most a replica may have of the mean load, as in SGLang's router.</summary>
    public const double Bound = 1.25;

    private readonly LeastBusyPicker _short = new(chance);

    public bool ReadsPrefix => true;

    public Choice Pick(ReadOnlySpan<Replica> candidates, in PickRequest request)
    {
        if (request.Blocks.IsEmpty)
            return _short.Pick(candidates, request);
        var blocks = request.Blocks.Span;
        var key = blocks[Math.Min(Beginning, blocks.Length) - 1];
        var total = 1;
        foreach (var replica in candidates)
            total += replica.InFlight;
        var most = (int)Math.Ceiling(Bound * total / candidates.Length);
        var (best, rank) = (candidates[0], 0ul);
        foreach (var replica in candidates)
        {
            // Someone is always below the bound, since not all can be above the mean.
            if (replica.InFlight < most && Mix(replica.Key ^ key) is var own && own >= rank)
                (best, rank) = (replica, own);
        }

        return best;
    }

    /// <summary>The finalizer of SplitMix64 (Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators", 2014).</summary>
    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
