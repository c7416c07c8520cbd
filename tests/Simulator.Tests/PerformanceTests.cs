using Gateway.Simulator.Engine;
using Gateway.Simulator.Metrics;

namespace Gateway.Simulator.Tests;

/// <summary>The model of time, in virtual time: no clock runs.</summary>
public sealed class PerformanceTests
{
    private static readonly PerformanceModel Model = new()
    {
        PrefillTokensPerSecond = 1000,
        DecodeBase = TimeSpan.FromMilliseconds(10),
        DecodePerSequence = TimeSpan.FromMilliseconds(1),
        MaxSequences = 4,
        MaxBatchedTokens = 64,
        KvBlocks = 100,
    };

    private readonly EngineCounters _counters = new();
    private TimeSpan _now;

    private static Sequence Of(int prompt, int answer, int start = 0, ulong salt = 0) =>
        new(prompt, answer) { Tokens = [.. Enumerable.Range(start, prompt + answer)], Salt = salt };

    private TimeSpan Step(Scheduler scheduler)
    {
        var length = scheduler.Plan(_now);
        _now += length;
        scheduler.Finish(_now);
        return length;
    }

    private void Run(Scheduler scheduler)
    {
        for (var steps = 0; !scheduler.Idle; steps++)
        {
            Step(scheduler);
            Assert.True(steps < 100_000, "it never ends");
        }
    }

    [Fact]
    public void Prefill_takes_its_tokens_over_the_rate_and_yields_the_first_token()
    {
        var scheduler = new Scheduler(Model, _counters);
        var sequence = Of(50, 3);
        scheduler.Add(sequence);
        Assert.Equal(50, Step(scheduler).TotalMilliseconds, 6);
        Assert.Equal(1, sequence.Produced);
        Assert.Equal(TimeSpan.FromMilliseconds(50), sequence.FirstToken);
        Assert.Equal(10, Step(scheduler).TotalMilliseconds, 6);
        Assert.Equal(10, Step(scheduler).TotalMilliseconds, 6);
        Assert.True(sequence.Complete);
        Assert.True(scheduler.Idle);
        Assert.Equal(0, scheduler.KvUsage);
    }

    [Fact]
    public void Long_prompts_are_read_in_chunks_while_others_decode()
    {
        var scheduler = new Scheduler(Model, _counters);
        var (decoding, reading) = (Of(10, 20), Of(130, 1, start: 500));
        scheduler.Add(decoding);
        Step(scheduler);
        scheduler.Add(reading);
        Assert.Equal(10 + 63, Step(scheduler).TotalMilliseconds, 6);
        Assert.Equal((2, 0), (decoding.Produced, reading.Produced));
        Step(scheduler);
        Step(scheduler);
        Assert.Equal((4, 1), (decoding.Produced, reading.Produced));
    }

    [Fact]
    public void Decode_step_grows_with_the_batch_and_with_the_context()
    {
        var scheduler = new Scheduler(Model with { DecodePerThousandContextTokens = TimeSpan.FromMilliseconds(100), MaxBatchedTokens = 1000 }, _counters);
        for (var i = 0; i < 3; i++) scheduler.Add(Of(10, 5, start: i * 100));
        Step(scheduler);
        Assert.Equal(10 + 2 * 1 + 100 * 33 / 1000.0, Step(scheduler).TotalMilliseconds, 6);
    }

    [Fact]
    public void Queue_waits_for_a_place()
    {
        var scheduler = new Scheduler(Model, _counters);
        for (var i = 0; i < 6; i++) scheduler.Add(Of(4, 4, start: i * 100));
        Step(scheduler);
        Assert.Equal((4, 2), (scheduler.Running, scheduler.Waiting));
        Run(scheduler);
        Assert.Equal((0, 0), (scheduler.Running, scheduler.Waiting));
    }

    [Fact]
    public void Prefix_that_was_seen_costs_nothing_but_its_last_token()
    {
        var scheduler = new Scheduler(Model, _counters);
        scheduler.Add(Of(48, 1));
        Run(scheduler);
        var again = Of(48, 1);
        scheduler.Add(again);
        Assert.Equal(16, Step(scheduler).TotalMilliseconds, 6);
        Assert.Equal(32, again.CachedTokens);
        Assert.Equal((96, 32), (_counters.CacheQueries, _counters.CacheHits));
    }

    [Fact]
    public void Generated_tokens_are_part_of_the_next_turns_prefix()
    {
        var scheduler = new Scheduler(Model, _counters);
        scheduler.Add(Of(32, 33));
        Run(scheduler);
        var next = Of(80, 1);
        scheduler.Add(next);
        Step(scheduler);
        Assert.Equal(64, next.CachedTokens);
    }

    [Fact]
    public void Other_salts_share_nothing()
    {
        var scheduler = new Scheduler(Model, _counters);
        scheduler.Add(Of(48, 1));
        Run(scheduler);
        var other = Of(48, 1, salt: 7);
        scheduler.Add(other);
        Run(scheduler);
        Assert.Equal(0, other.CachedTokens);
    }

    [Fact]
    public void Block_unused_longest_is_forgotten_first()
    {
        var scheduler = new Scheduler(Model with { KvBlocks = 8 }, _counters);
        foreach (var start in (int[])[0, 1000, 0, 2000])
        {
            scheduler.Add(Of(63, 1, start));
            Run(scheduler);
        }
        var (old, recent) = (Of(63, 1, 1000), Of(63, 1, 0));
        scheduler.Add(recent);
        Run(scheduler);
        scheduler.Add(old);
        Run(scheduler);
        Assert.Equal((48, 0), (recent.CachedTokens, old.CachedTokens));
    }

    [Fact]
    public void Newest_sequence_gives_way_when_blocks_run_out_and_still_finishes()
    {
        var scheduler = new Scheduler(Model with { KvBlocks = 8 }, _counters);
        var (first, second) = (Of(48, 60), Of(48, 60, start: 1000));
        scheduler.Add(first);
        scheduler.Add(second);
        Run(scheduler);
        Assert.True(first.Complete && second.Complete);
        Assert.True(_counters.Preemptions > 0);
        Assert.True(first.LastToken < second.LastToken);
        Assert.Equal(0, scheduler.KvUsage);
    }

    [Fact]
    public void Aborted_sequence_gives_its_blocks_back()
    {
        var scheduler = new Scheduler(Model, _counters);
        var (gone, waiting) = (Of(48, 60), Of(4, 4));
        scheduler.Add(gone);
        Step(scheduler);
        Assert.True(scheduler.KvUsage > 0);
        scheduler.Add(waiting);
        gone.Abort();
        waiting.Abort();
        Assert.Equal(TimeSpan.Zero, Step(scheduler));
        Assert.True(scheduler.Idle);
        Assert.Equal(0, scheduler.KvUsage);
    }

    [Theory]
    [InlineData("8b", 1, 100, 170)]
    [InlineData("8b", 64, 4000, 9500)]
    [InlineData("744b", 1, 55, 75)]
    [InlineData("744b", 64, 1200, 2500)]
    public void Presets_have_the_throughput_their_sources_promise(string preset, int batch, double least, double most)
    {
        var scheduler = new Scheduler(PerformanceModel.Named(preset)!, _counters);
        for (var i = 0; i < batch; i++) scheduler.Add(Of(200, 200, start: i * 1000));
        Run(scheduler);
        Assert.InRange(batch * 200 / _now.TotalSeconds, least, most);
    }
}
