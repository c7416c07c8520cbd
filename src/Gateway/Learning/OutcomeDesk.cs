using System.Threading.Channels;
using Gateway.Completions;
using Gateway.Learning.Shadows;
using Gateway.Routing.Learning;
using Gateway.State;
using Gateway.Telemetry;
using Microsoft.Extensions.ObjectPool;

namespace Gateway.Learning;

/// <summary>Where requests leave what can be learned from them: a few copied bytes each, and the rest is done in the background.</summary>
public sealed class OutcomeDesk(RecentRequests recent, ShadowIntake shadows, IStateStore store, TimeProvider time)
{
    /// <summary>Outcomes that may wait for the background; more than that come from a flood that one model need not see whole.</summary>
    private const int Waiting = 4096;

    private readonly DefaultObjectPool<SketchPad> _pads = new(new DefaultPooledObjectPolicy<SketchPad>());

    private readonly Channel<OpenOutcome> _outcomes = Channel.CreateBounded<OpenOutcome>(Waiting);
    private readonly Channel<(ulong Request, byte[] Bytes)> _shared = Channel.CreateBounded<(ulong, byte[])>(Waiting);

    /// <summary>Outcomes on their way to the log.</summary>
    internal ChannelReader<OpenOutcome> Outcomes => _outcomes.Reader;

    /// <summary>Recent requests on their way to the store that gateways share.</summary>
    internal ChannelReader<(ulong Request, byte[] Bytes)> Shared => _shared.Reader;

    /// <summary>Before the prompt is scored: a pad for its sketch where its outcome can be learned from, and the draw for a shadow call.</summary>
    public void Open(Exchange exchange)
    {
        if (!exchange.Blueprint.Options.Routing.Learning.Enabled || exchange.Route?.Choice?.Scorer is not ICorrectableScorer)
            return;
        exchange.Pad = _pads.Get();
        if (shadows.Draws(exchange))
            exchange.Copy = new AnswerCopy(exchange.Blueprint.Options.Routing.Learning.Shadow.MaxBytes);
    }

    /// <summary>After the exchange has ended, with its body still there.</summary>
    public void Close(Exchange exchange)
    {
        if (exchange.Pad is not { } pad)
            return;
        if (exchange.Judging is { } judging && (judging.Passed is not null || judging.Escalations.Count > 0))
            NoteCheck(exchange, isRejected: judging.Escalations.Count > 0);
        exchange.Pad = null;
        if (exchange is { IsDelivered: true, Route: { } route, AnsweredBy: { } answered } && !pad.Sketch.IsEmpty && route.Cascade.Contains(answered.Pool))
            Remember(exchange, route.Name, pad, isLarge: answered.Pool != route.Cascade[0]);
        pad.Clear();
        _pads.Return(pad);
    }

    /// <summary>Takes an outcome; what finds no room is dropped and counted.</summary>
    public void Take(OpenOutcome outcome)
    {
        if (_outcomes.Writer.TryWrite(outcome))
            LearningMetrics.CountOutcome(outcome.Scope, outcome.Outcome.Kind);
        else
            LearningMetrics.CountDropped();
    }

    /// <summary>The request with this id, here or at another gateway; null when nobody knows it, or not any more.</summary>
    public async ValueTask<OpenOutcome?> FindAsync(string id, CancellationToken cancel)
    {
        if (recent.Find(id) is { } here)
            return here;
        if (!store.IsShared)
            return null;
        var there = await store.GetAsync(LearningKeys.Recent(RequestMark.Of(id)), cancel);
        return there is { IsReached: true, Value: { } bytes } ? OpenOutcome.Read(bytes) : null;
    }

    private void Remember(Exchange exchange, string scope, SketchPad pad, bool isLarge)
    {
        recent.Add(exchange.Id, scope, pad, isLarge);
        if (store.IsShared && recent.Find(exchange.Id) is { } open)
            _shared.Writer.TryWrite((open.Outcome.Request, open.ToBytes()));
        if (exchange.Copy is { IsWhole: true } copy && recent.Find(exchange.Id) is { } compared)
            shadows.Offer(ShadowCall.Of(exchange, compared, copy));
    }

    /// <summary>The small pool's answer was checked before it was shown; of those that pass a sample is enough.</summary>
    /// <param name="exchange">The request, not yet closed.</param>
    /// <param name="isRejected">Whether the answer was given up for the larger pool's.</param>
    private void NoteCheck(Exchange exchange, bool isRejected)
    {
        var request = RequestMark.Of(exchange.Id);
        if (!isRejected && !Outcome.IsSampled(request))
            return;
        if (exchange is not { Pad: { } pad, Route: { } route } || Sketch.Read(pad.Sketch) is not { } sketch)
            return;
        Take(new OpenOutcome(route.Name, new Outcome
        {
            Request = request,
            Kind = OutcomeKind.Checked,
            At = time.GetUtcNow().ToUnixTimeSeconds(),
            IsLarge = isRejected && exchange.Judging?.Shown is null,
            Small = isRejected ? 0 : 1,
            Version = pad.Version,
            Artefact = pad.Artefact,
            Sketch = sketch,
        }));
    }
}
