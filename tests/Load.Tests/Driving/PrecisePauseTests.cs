using Gateway.Bench.Load.Driving;

namespace Gateway.Load.Tests.Driving;

public sealed class PrecisePauseTests
{
    [Fact]
    public void It_never_returns_early_and_not_at_all_late_for_a_moment_that_has_passed()
    {
        var time = TimeProvider.System;
        var pause = new PrecisePause(time);
        var moment = time.GetTimestamp() + (time.TimestampFrequency / 200);

        pause.Until(moment);
        Assert.True(time.GetTimestamp() >= moment);

        pause.Until(moment);
    }
}
