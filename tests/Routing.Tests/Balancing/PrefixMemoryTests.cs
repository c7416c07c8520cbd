using CsCheck;
using Gateway.Routing.Balancing;

namespace Gateway.Routing.Tests.Balancing;

public sealed class PrefixMemoryTests
{
    private readonly PrefixMemory _memory = new();

    [Fact]
    public void Knows_what_two_prompts_share()
    {
        _memory.Remember(Prompt(1, 2, 3, 4));
        Assert.Equal(4, _memory.Match(Prompt(1, 2, 3, 4)));
        Assert.Equal(3, _memory.Match(Prompt(1, 2, 3, 9, 9)));
        Assert.Equal(0, _memory.Match(Prompt(9, 2, 3, 4)));
        Assert.Equal(0, _memory.Match([]));
    }

    [Fact]
    public void Forgets_what_was_used_longest_ago_and_of_that_the_end_first()
    {
        _memory.Resize(6 * PickRequest.TokensPerBlock);
        _memory.Remember(Prompt(1, 2, 3));
        _memory.Remember(Prompt(7, 8, 9));
        _memory.Remember(Prompt(1, 2, 3));
        _memory.Remember(Prompt(5, 6));
        Assert.Equal(3, _memory.Match(Prompt(1, 2, 3)));
        Assert.Equal(1, _memory.Match(Prompt(7, 8, 9)));
        Assert.Equal(2, _memory.Match(Prompt(5, 6)));
        Assert.Equal(6, _memory.Count);
    }

    [Fact]
    public void What_is_as_old_as_the_cache_is_large_is_half_expected_and_what_is_older_is_not()
    {
        _memory.Resize(100 * PickRequest.TokensPerBlock);
        _memory.Remember(Prompt(1, 2, 3, 4));
        _memory.Pass(70 * PickRequest.TokensPerBlock);
        Assert.Equal(4, _memory.Expect(Prompt(1, 2, 3, 4)));
        _memory.Remember(Prompt(1, 2));
        _memory.Pass(20 * PickRequest.TokensPerBlock);
        Assert.Equal((4, 3), (_memory.Match(Prompt(1, 2, 3, 4)), _memory.Expect(Prompt(1, 2, 3, 4))));
        _memory.Pass(40 * PickRequest.TokensPerBlock);
        Assert.Equal((4, 2), (_memory.Match(Prompt(1, 2, 3, 4)), _memory.Expect(Prompt(1, 2, 3, 4))));
        _memory.Pass(100 * PickRequest.TokensPerBlock);
        Assert.Equal((4, 0), (_memory.Match(Prompt(1, 2, 3, 4)), _memory.Expect(Prompt(1, 2, 3, 4))));
    }

    [Fact]
    public void What_others_send_there_makes_it_older_and_our_own_does_not_count_twice()
    {
        _memory.Resize(100 * PickRequest.TokensPerBlock);
        _memory.Scraped(1_000_000);
        _memory.Remember(Prompt(1, 2, 3, 4));
        _memory.Scraped(1_000_000 + (4 * PickRequest.TokensPerBlock));
        _memory.Pass(70 * PickRequest.TokensPerBlock);
        Assert.Equal(4, _memory.Expect(Prompt(1, 2, 3, 4)));
        _memory.Scraped(1_000_000 + (4 * PickRequest.TokensPerBlock) + (100 * PickRequest.TokensPerBlock));
        Assert.Equal(0, _memory.Expect(Prompt(1, 2, 3, 4)));
        _memory.Remember(Prompt(1, 2, 3, 4));
        // It was started anew, and counts from 0 again.
        _memory.Scraped(10);
        _memory.Scraped(20);
        Assert.Equal(4, _memory.Expect(Prompt(1, 2, 3, 4)));
    }

    [Fact]
    public void Of_a_prompt_longer_than_the_cache_the_beginning_is_remembered()
    {
        _memory.Resize(2 * PickRequest.TokensPerBlock);
        _memory.Remember(Prompt(1, 2, 3, 4, 5));
        Assert.Equal(2, _memory.Match(Prompt(1, 2, 3, 4, 5)));
    }

    [Fact]
    public void Binary_search_finds_what_a_scan_finds_whatever_came_before() =>
        Gen.Select(Gen.Int[1, 40], Gen.Int[1, 3].Array[1, 12].Array[1, 60]).Sample((capacity, prompts) =>
        {
            var memory = new PrefixMemory();
            memory.Resize(capacity * PickRequest.TokensPerBlock);
            for (var i = 0; i < prompts.Length; i++)
            {
                memory.Remember(Prompt(prompts[i]));
                if (i % 7 == 6)
                    memory.Resize(((capacity * i) % 41 + 1) * PickRequest.TokensPerBlock);
                Assert.InRange(memory.Count, 0, memory.Capacity);
            }

            foreach (var prompt in prompts)
            {
                var blocks = Prompt(prompt);
                var known = memory.Match(blocks);
                Assert.True(known == blocks.Length || memory.Match(blocks.AsSpan(known, 1)) == 0);
                for (var i = 0; i < known; i++)
                    Assert.Equal(1, memory.Match(blocks.AsSpan(i, 1)));
            }
        });

    [Fact]
    public void Is_trusted_less_and_remembers_less_where_answers_find_less_cached()
    {
        var forecast = new Forecast(PromptTokens: 6400, MatchedTokens: 6400, HitTokens: 6400, Seconds: 0);
        _memory.Settle(forecast, prompt: 6400, cached: 6384);
        Assert.InRange(_memory.Trust, 0.99, 1);
        var capacity = _memory.Capacity;
        for (var i = 0; i < 20; i++)
            _memory.Settle(forecast, prompt: 6400, cached: 640);
        Assert.InRange(_memory.Trust, 0.1, 0.3);
        Assert.InRange(_memory.Capacity, capacity / 8, capacity / 2);
        for (var i = 0; i < 200; i++)
            _memory.Settle(forecast, prompt: 6400, cached: 6400);
        Assert.InRange(_memory.Trust, 0.99, 1);
        Assert.Equal(capacity, _memory.Capacity);
    }

    [Fact]
    public void A_replica_that_never_tells_what_was_cached_is_believed_in()
    {
        for (var i = 0; i < 20; i++)
            _memory.Settle(new Forecast(6400, 6400, 6400, 0), prompt: 6400, cached: 0);
        Assert.Equal(1, _memory.Trust);
    }

    [Fact]
    public void What_was_expected_is_compared_in_the_replicas_own_tokens()
    {
        _memory.Settle(new Forecast(PromptTokens: 8000, MatchedTokens: 4000, HitTokens: 4000, Seconds: 0), prompt: 6000, cached: 3000);
        Assert.Equal(1, _memory.Trust);
    }

    [Fact]
    public void A_restart_empties_it()
    {
        var replica = A.Replica();
        replica.Prefixes.Remember(Prompt(1, 2));
        replica.Probed(reached: false);
        replica.Probed(reached: true);
        Assert.Equal(0, replica.Prefixes.Match(Prompt(1, 2)));
        replica.Prefixes.Remember(Prompt(1, 2));
        Assert.Equal(2, replica.Prefixes.Match(Prompt(1, 2)));
    }

    /// <summary>Blocks of a prompt whose parts are these.</summary>
    internal static ulong[] Prompt(params int[] parts)
    {
        var (blocks, chain) = (new ulong[parts.Length], 14_695_981_039_346_656_037ul);
        for (var i = 0; i < parts.Length; i++)
            blocks[i] = chain = (chain ^ (ulong)parts[i]) * 1_099_511_628_211ul;
        return blocks;
    }
}
