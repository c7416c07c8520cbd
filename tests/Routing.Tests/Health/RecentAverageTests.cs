using Gateway.Routing.Health;

namespace Gateway.Routing.Tests.Health;

public sealed class RecentAverageTests
{
    private readonly RecentAverage _average = new();

    [Fact]
    public void Nothing_is_known_before_the_first_note() => Assert.Null(_average.Value);

    [Fact]
    public void The_first_note_is_the_average()
    {
        _average.Add(TimeSpan.FromMilliseconds(30));
        Assert.Equal(TimeSpan.FromMilliseconds(30), _average.Value);
    }

    [Fact]
    public void It_follows_what_is_noted_and_is_not_thrown_by_one()
    {
        _average.Add(TimeSpan.FromMilliseconds(10));
        _average.Add(TimeSpan.FromMilliseconds(170));
        Assert.Equal(TimeSpan.FromMilliseconds(20), _average.Value);
        for (var i = 0; i < 200; i++)
            _average.Add(TimeSpan.FromMilliseconds(100));
        Assert.InRange(_average.Value!.Value.TotalMilliseconds, 99.9, 100.1);
    }

    [Fact]
    public void A_note_of_no_time_at_all_is_a_note()
    {
        _average.Add(TimeSpan.Zero);
        Assert.NotNull(_average.Value);
    }
}
