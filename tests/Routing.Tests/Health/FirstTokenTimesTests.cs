using Gateway.Routing.Health;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Routing.Tests.Health;

public sealed class FirstTokenTimesTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly FirstTokenTimes _times;

    public FirstTokenTimesTests() => _times = new FirstTokenTimes(_time);

    [Fact]
    public void Without_an_answer_the_percentile_is_zero() => Assert.Equal(TimeSpan.Zero, _times.P95);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(20, 19)]
    [InlineData(21, 20)]
    [InlineData(100, 95)]
    public void It_is_the_time_that_19_of_20_answers_began_within(int answers, int milliseconds)
    {
        foreach (var answer in Shuffled(answers))
            _times.Add(TimeSpan.FromMilliseconds(answer));
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), _times.P95);
    }

    [Fact]
    public void Only_the_latest_answers_count()
    {
        for (var i = 0; i < 1_000; i++)
            _times.Add(TimeSpan.FromSeconds(100));
        foreach (var answer in Shuffled(FirstTokenTimes.Remembered))
            _times.Add(TimeSpan.FromMilliseconds(answer));
        Assert.Equal(TimeSpan.FromMilliseconds(244), _times.P95);
    }

    [Fact]
    public void It_is_worked_out_again_only_after_a_while()
    {
        _times.Add(TimeSpan.FromMilliseconds(10));
        Assert.Equal(TimeSpan.FromMilliseconds(10), _times.P95);
        _times.Add(TimeSpan.FromMilliseconds(500));
        _time.Advance(FirstTokenTimes.Refresh - TimeSpan.FromMilliseconds(1));
        Assert.Equal(TimeSpan.FromMilliseconds(10), _times.P95);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(TimeSpan.FromMilliseconds(500), _times.P95);
    }

    [Fact]
    public void A_pool_that_is_left_alone_is_slow_no_longer()
    {
        _times.Add(TimeSpan.FromSeconds(30));
        _time.Advance(FirstTokenTimes.Lifetime / 2);
        _times.Add(TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.FromSeconds(30), _times.P95);
        _time.Advance(FirstTokenTimes.Lifetime / 2);
        Assert.Equal(TimeSpan.FromSeconds(1), _times.P95);
        _time.Advance(FirstTokenTimes.Lifetime / 2);
        Assert.Equal(TimeSpan.Zero, _times.P95);
    }

    [Fact]
    public void Neither_noting_nor_reading_allocates()
    {
        _times.Add(TimeSpan.FromSeconds(1));
        _times.Add(TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.FromSeconds(1), _times.P95);
        _time.Advance(FirstTokenTimes.Refresh);
        var before = GC.GetAllocatedBytesForCurrentThread();
        _times.Add(TimeSpan.FromSeconds(2));
        var p95 = _times.P95;
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(TimeSpan.FromSeconds(2), p95);
    }

    private static int[] Shuffled(int count)
    {
        var numbers = Enumerable.Range(1, count).ToArray();
        new Random(count).Shuffle(numbers);
        return numbers;
    }
}
