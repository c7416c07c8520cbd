namespace Gateway.Routing.Balancing;

/// <summary>The prompt blocks that one replica was sent and has probably still cached.</summary>
/// <remarks>
/// <para>As long as its cache, and forgetful in the same order: what was used longest ago goes first, and of one prompt its end before its
/// beginning, as in vLLM. So whatever is remembered is remembered with all that precedes it, and how far a prompt matches is a binary search.</para>
/// <para>Answers and the prompts of others take room in that cache too, and nobody remembers them: a block ages by all that the replica is known
/// to have taken in since it was used, and one about as old as the cache is large counts half, an older one not at all.</para>
/// <para>What it says is corrected by what answers report: <see cref="Settle"/>.</para>
/// </remarks>
public sealed class PrefixMemory
{
    /// <summary>Tokens of a cache whose size nobody knows: about what a replica of 8B on one H100, or of 744B on eight H200, has room for.</summary>
    public const int DefaultTokens = 350_000;

    /// <summary>How much one answer moves the trust: ten answers make most of the way.</summary>
    private const double Step = 0.1;

    /// <summary>The least trust, so that a cache that is back is found out about.</summary>
    private const double LeastTrust = 0.05;

    /// <summary>The least share of the cache's size that is remembered, however often what was expected is gone.</summary>
    private const double LeastShare = 0.125;

    /// <summary>
    /// Ages, as shares of the cache's size, up to which a block is there and from which on it is gone. What runs holds room that is not in
    /// order of use, hence not 1 for both.
    /// </summary>
    private const double Young = 0.75, Old = 1.25;

    private readonly Lock _lock = new();
    private readonly BlocksByUse _blocks = new();
    private int _nominal = DefaultTokens / PickRequest.TokensPerBlock;
    private int _capacity = DefaultTokens / PickRequest.TokensPerBlock;
    private bool _tells;
    private double _trust = 1;
    private long _taken;
    private long _remembered;
    private long? _missesBefore;
    private long _byOthers;

    /// <summary>Blocks remembered.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _blocks.Count;
        }
    }

    /// <summary>Blocks it remembers at most: the cache's size, or less where more turned out to be gone.</summary>
    public int Capacity
    {
        get
        {
            lock (_lock)
                return _capacity;
        }
    }

    /// <summary>The share of what is remembered that turned out to be there, of late.</summary>
    public double Trust => Volatile.Read(ref _trust);

    /// <summary>Takes the size of the replica's cache.</summary>
    /// <param name="tokens">Tokens; null when unknown.</param>
    public void Resize(long? tokens)
    {
        lock (_lock)
        {
            var blocks = (int)Math.Clamp((tokens ?? DefaultTokens) / PickRequest.TokensPerBlock, 1, int.MaxValue / 2);
            if (blocks == _nominal)
                return;
            (_nominal, _capacity) = (blocks, blocks);
            _blocks.Shrink(_capacity);
        }
    }

    /// <summary>How many of the first blocks are remembered.</summary>
    public int Match(ReadOnlySpan<ulong> blocks)
    {
        lock (_lock)
            return Known(blocks, blocks.Length, long.MaxValue);
    }

    /// <summary>How many of the first blocks are probably there: the remembered ones by their age.</summary>
    public int Expect(ReadOnlySpan<ulong> blocks)
    {
        lock (_lock)
        {
            var known = Known(blocks, blocks.Length, long.MaxValue);
            var cache = (double)_capacity * PickRequest.TokensPerBlock;
            // A beginning is used whenever its continuation is, so the last block is the oldest.
            if (known == 0 || AgeOf(blocks[known - 1]) <= Young * cache)
                return known;
            return (Known(blocks, known, (long)(Young * cache)) + Known(blocks, known, (long)(Old * cache))) / 2;
        }
    }

    /// <summary>The replica is being sent these.</summary>
    public void Remember(ReadOnlySpan<ulong> blocks)
    {
        lock (_lock)
        {
            for (var i = Math.Min(blocks.Length, _capacity) - 1; i >= 0; i--)
            {
                if (!_blocks.Contains(blocks[i]))
                {
                    _taken += PickRequest.TokensPerBlock;
                    _remembered += PickRequest.TokensPerBlock;
                }

                _blocks.Use(blocks[i], _taken, _capacity);
            }
        }
    }

    /// <summary>Its cache takes in so many tokens that nobody asks for again, such as an answer's.</summary>
    public void Pass(int tokens)
    {
        lock (_lock)
            _taken += tokens;
    }

    /// <summary>Takes what a scrape says was read since the replica started; what of it was not sent from here, others sent.</summary>
    /// <param name="misses">Prompt tokens that were not in its cache.</param>
    public void Scraped(long misses)
    {
        lock (_lock)
        {
            // Fewer than before: it was started anew.
            if (_missesBefore is not { } before || misses < before)
                (_byOthers, _remembered) = (0, misses);
            _missesBefore = misses;
            // What is sent is read later, so that the difference is too small for a while and never too large for long.
            var others = Math.Max(_byOthers, misses - _remembered);
            _taken += others - _byOthers;
            _byOthers = others;
        }
    }

    /// <summary>Its cache is empty: it was started anew.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _blocks.Clear();
        }
    }

    /// <summary>Compares what was expected with what an answer says was cached.</summary>
    /// <param name="forecast">What was expected.</param>
    /// <param name="prompt">Prompt tokens, as counted by the replica.</param>
    /// <param name="cached">Of those the cached ones; 0 also from a replica that never tells.</param>
    /// <remarks>
    /// Where less was there, others use the replica too, or its requests need the room: it is trusted less, and less is remembered of it. Until
    /// it has told of a hit once, nothing is learned: vLLM tells only with <c>--enable-prompt-tokens-details</c>.
    /// </remarks>
    public void Settle(in Forecast forecast, int prompt, int cached)
    {
        lock (_lock)
        {
            _tells |= cached > 0;
            var expected = (double)forecast.MatchedTokens * prompt / Math.Max(1, forecast.PromptTokens);
            if (!_tells || expected < PickRequest.TokensPerBlock)
                return;
            var share = Math.Min(1, cached / expected);
            Volatile.Write(ref _trust, Math.Max(LeastTrust, _trust + (Step * (share - _trust))));
            _capacity = share switch
            {
                < 0.5 => (int)Math.Max(Math.Ceiling(_nominal * LeastShare), _capacity * 0.95),
                > 0.9 => (int)Math.Min(_nominal, Math.Ceiling(_capacity * 1.01)),
                _ => _capacity,
            };
            _blocks.Shrink(_capacity);
        }
    }

    /// <summary>How many of the first blocks are remembered and no older than that.</summary>
    private int Known(ReadOnlySpan<ulong> blocks, int most, long oldest)
    {
        if (most == 0 || !IsKnown(blocks[0], oldest))
            return 0;
        var (known, unknown) = (1, Math.Min(most, _blocks.Count) + 1);
        while (unknown - known > 1)
        {
            var middle = (known + unknown) / 2;
            if (IsKnown(blocks[middle - 1], oldest))
                known = middle;
            else
                unknown = middle;
        }

        return known;
    }

    private bool IsKnown(ulong block, long oldest) => _blocks.UsedAt(block) is { } at && _taken - at <= oldest;

    private long AgeOf(ulong block) => _taken - (_blocks.UsedAt(block) ?? 0);
}
