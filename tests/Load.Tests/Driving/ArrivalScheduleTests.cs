using Gateway.Bench.Load.Driving;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Load.Tests.Driving;

public sealed class ArrivalScheduleTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Arrivals_are_equally_far_apart()
    {
        var origin = _time.GetTimestamp();
        var schedule = new ArrivalSchedule(_time, perSecond: 1_000);

        Assert.Equal(TimeSpan.Zero, _time.GetElapsedTime(origin, schedule.TimestampOf(0)));
        Assert.Equal(TimeSpan.FromMilliseconds(1), _time.GetElapsedTime(origin, schedule.TimestampOf(1)));
        Assert.Equal(TimeSpan.FromSeconds(5), _time.GetElapsedTime(origin, schedule.TimestampOf(5_000)));
    }

    [Fact]
    public void Rounding_does_not_add_up()
    {
        var origin = _time.GetTimestamp();
        var schedule = new ArrivalSchedule(_time, perSecond: 3);

        Assert.Equal(TimeSpan.FromSeconds(1_000_000), _time.GetElapsedTime(origin, schedule.TimestampOf(3_000_000)));
    }

    [Fact]
    public void The_schedule_stays_where_it_is_while_time_goes_on()
    {
        var schedule = new ArrivalSchedule(_time, perSecond: 10);
        var before = schedule.TimestampOf(7);
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(before, schedule.TimestampOf(7));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(double.NaN)]
    public void A_rate_that_is_none_is_refused(double rate) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ArrivalSchedule(_time, rate));
}
