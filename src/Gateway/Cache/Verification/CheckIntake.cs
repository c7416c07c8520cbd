using System.Threading.Channels;
using Gateway.Telemetry;

namespace Gateway.Cache.Verification;

/// <summary>Holds pairs that shall be checked until somebody has time.</summary>
public sealed class CheckIntake
{
    /// <summary>Checks that may wait; each holds a request or an answer in memory.</summary>
    private const int Waiting = 32;

    private readonly Channel<HitCheck> _checks = Channel.CreateBounded<HitCheck>(new BoundedChannelOptions(Waiting) { SingleReader = true });

    internal ChannelReader<HitCheck> Checks => _checks.Reader;

    public void Offer(HitCheck check)
    {
        if (!_checks.Writer.TryWrite(check))
            VerdictMetrics.Count("check", "no_room");
    }
}
