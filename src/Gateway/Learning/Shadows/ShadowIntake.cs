using System.Threading.Channels;
using Gateway.Completions;
using Gateway.Telemetry;

namespace Gateway.Learning.Shadows;

/// <summary>Draws the requests that a second pool is asked for, and holds them until somebody has time.</summary>
public sealed class ShadowIntake(Random chance)
{
    /// <summary>Calls that may wait; each holds a request and an answer in memory.</summary>
    private const int Waiting = 16;

    private readonly Channel<ShadowCall> _calls = Channel.CreateBounded<ShadowCall>(Waiting);

    internal ChannelReader<ShadowCall> Calls => _calls.Reader;

    /// <summary>Whether this request is one of them; decided before it is answered.</summary>
    public bool Draws(Exchange exchange)
    {
        var shadow = exchange.Blueprint.Options.Routing.Learning.Shadow;
        return shadow.Share > 0
            && exchange is { Request.Choices: 1, Body: { } body, Route.Cascade.Length: > 1 }
            && body.Length <= shadow.MaxBytes
            && chance.NextDouble() < shadow.Share;
    }

    public void Offer(ShadowCall call)
    {
        if (!_calls.Writer.TryWrite(call))
            LearningMetrics.CountShadowCall(call.OtherPool, "no_room");
    }
}
