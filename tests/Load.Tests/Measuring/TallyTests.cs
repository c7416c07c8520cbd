using Gateway.Bench.Load.Measuring;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Load.Tests.Measuring;

public sealed class TallyTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly Tally _tally;

    public TallyTests() => _tally = new Tally(_time);

    [Fact]
    public void Latency_counts_when_its_start_was_meant_to_be_inside_the_window()
    {
        var early = After(0);
        _tally.OpenWindow(After(1));
        var inside = After(1);
        _tally.CloseWindow(After(1));
        var late = After(1);
        var end = After(10);

        _tally.Latency(early, end);
        _tally.Latency(inside, end);
        _tally.Latency(late, end);

        Assert.Equal(1, _tally.LatencyQuantiles.Count);
        Assert.Equal(12_000, _tally.LatencyQuantiles.P50, tolerance: 12);
    }

    [Fact]
    public void Frames_read_at_once_are_no_time_apart()
    {
        _tally.OpenWindow(After(0));
        var first = After(1);
        _tally.Chunks(3, 0, first);
        _tally.Chunks(2, first, After(20));

        Assert.Equal(5, _tally.ChunksSoFar);
        Assert.Equal(4, _tally.GapQuantiles.Count);
        Assert.Equal(20_000, _tally.GapQuantiles.Max, tolerance: 20);
        Assert.Equal(0, _tally.GapQuantiles.P50, tolerance: 1.1);
    }

    [Fact]
    public void A_latency_beyond_the_range_is_kept_at_its_end()
    {
        _tally.OpenWindow(After(0));
        var start = After(1);
        _tally.Latency(start, After(3_600_000));
        Assert.Equal(600e6, _tally.LatencyQuantiles.Max, tolerance: 1e6);
    }

    private long After(double milliseconds)
    {
        _time.Advance(TimeSpan.FromMilliseconds(milliseconds));
        return _time.GetTimestamp();
    }
}
