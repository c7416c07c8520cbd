using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text;
using Gateway.Completions;
using Gateway.Delivery.Guarding;
using Gateway.Guardrails.Streaming;
using Gateway.Protocol;
using Gateway.Upstream;

namespace Gateway.Delivery;

/// <summary>The caller's side of a stream: opens it late, keeps it alive while the upstream is silent, ends it honestly.</summary>
/// <remarks>
/// The status and the headers leave with the first frame, so that until then a failure can still be an HTTP error. Only when
/// the upstream is silent for long are they sent early, with a comment that no client shows. One writer at a time: the relay
/// holds the gate from <see cref="BeginAsync"/> to <see cref="FlushAsync"/>, the heartbeat skips its turn when it is taken.
/// </remarks>
public sealed class EventWriter : IAsyncDisposable
{
    private static readonly byte[] Heartbeat = ": keep-alive\n\n"u8.ToArray();

    private readonly Exchange _exchange;
    private readonly TimeProvider _time;
    private readonly PipeWriter _out;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly ITimer _timer;
    private GuardedFrames? _guarded;
    private RestoredFrames? _restored;
    private ITimer? _patience;
    private AttemptClock? _upstream;
    private bool _isOpen;
    private bool _openedEarly;
    private bool _wroteSinceTick = true;
    private bool _isDone;

    /// <param name="exchange">The request being answered.</param>
    /// <param name="heartbeat">The longest the stream may be silent.</param>
    /// <param name="time">The clock.</param>
    public EventWriter(Exchange exchange, TimeSpan heartbeat, TimeProvider time)
    {
        (_exchange, _time) = (exchange, time);
        _out = exchange.Http.Response.BodyWriter;
        // A tick finds at most one half-interval of silence without acting on it, and acts on the second.
        _timer = time.CreateTimer(static state => ((EventWriter)state!).Tick(), this, heartbeat / 2, heartbeat / 2);
    }

    /// <summary>A guard has ended the answer: nothing more of it is shown.</summary>
    public bool IsBlocked => _guarded is { IsBlocked: true };

    /// <summary>Flushing may take time that is not the upstream's.</summary>
    public bool AsksOthers => _guarded is { AsksOthers: true };

    private CancellationToken CallerGone => _exchange.CallerGone;

    /// <summary>Takes the writer's turn; frames may then be written until <see cref="FlushAsync"/>.</summary>
    public ValueTask BeginAsync() =>
        _gate.Wait(0, CancellationToken.None) ? ValueTask.CompletedTask : new ValueTask(_gate.WaitAsync(CallerGone));

    /// <summary>From here on guards inspect what is written, where the policy has guards for answers.</summary>
    public void Inspect()
    {
        if (_guarded is null && _exchange.Guards is { Policy.Output.IsEmpty: false } visit)
            _guarded = new GuardedFrames(_exchange, visit, this, _time);
    }

    /// <summary>A block that comes while the upstream is silent ends this attempt.</summary>
    public void Watch(AttemptClock? upstream) => _upstream = upstream;

    /// <summary>Adds frames. The first ones that leave commit the exchange.</summary>
    public void Write(ReadOnlySpan<byte> frames)
    {
        if (_guarded is null)
            Send(frames);
        else if (!_guarded.IsBlocked)
            _guarded.Add(frames);
    }

    /// <summary>Sends frames that anyone may see.</summary>
    internal void Send(ReadOnlySpan<byte> frames)
    {
        if (!_exchange.IsCommitted)
            Commit();
        if (_restored is null)
            _out.Write(frames);
        else
            _restored.Add(frames);
        _exchange.Copy?.Append(frames);
        _exchange.Cache?.Note(frames, _exchange.AnsweredBy?.Pool, isShown: true);
        _wroteSinceTick = true;
    }

    /// <summary>Notes frames that belong to the answer and that this caller did not ask for.</summary>
    public void Withhold(ReadOnlySpan<byte> frames)
    {
        if (_guarded is null)
            Note(frames);
        else if (!_guarded.IsBlocked)
            _guarded.Add(frames, isShown: false);
    }

    internal void Note(ReadOnlySpan<byte> frames) => _exchange.Cache?.Note(frames, _exchange.AnsweredBy?.Pool, isShown: false);

    /// <summary>Sends what was written and gives the turn back.</summary>
    /// <returns>False when the caller is gone, and nobody follows the answer; and when a guard has ended the answer.</returns>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<bool> FlushAsync()
    {
        try
        {
            if (_guarded is not null)
                await _guarded.ReviewAsync(asksAll: false, CallerGone);
            _restored?.Release();
            if (IsBlocked)
                return false;
            Await();
            // Nothing has left yet: what there is is held.
            if (!_isOpen)
                return true;
            var flushed = await _out.FlushAsync(CallerGone);
            return (!flushed.IsCompleted && !flushed.IsCanceled) || _exchange.Cache?.Flight is { HasFollowers: true };
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Ends an open stream with an error frame, and no <c>[DONE]</c>.</summary>
    /// <returns>False when nothing has been sent yet, so that the error can be an HTTP status.</returns>
    public async ValueTask<bool> TryFailAsync(ApiError error)
    {
        await BeginAsync();
        _isDone = true;
        if (!_isOpen)
        {
            _gate.Release();
            return false;
        }

        if (_guarded is { IsBlocked: false })
        {
            _guarded.End();
            await _guarded.ReviewAsync(asksAll: true, CallerGone);
        }

        _restored?.End();
        _out.Write(ErrorFrame.Of(_exchange, error, _time));
        await FlushOutAsync();
        return true;
    }

    /// <summary>Ends an answer that a guard has ended, as one that was filtered.</summary>
    /// <param name="usage">The tokens, if the caller wants to know and they are known.</param>
    public async ValueTask EndBlockedAsync(Usage? usage)
    {
        await BeginAsync();
        _isDone = true;
        Send(_guarded!.BlockedEnd(usage));
        _restored?.End();
        await FlushOutAsync();
    }

    /// <summary>Waits for a heartbeat that is on its way, and keeps the turn for good.</summary>
    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync();
        if (_patience is not null)
            await _patience.DisposeAsync();
        await _gate.WaitAsync(CancellationToken.None);
        _isDone = true;
        _guarded?.Dispose();
        _restored?.Dispose();
    }

    private async ValueTask FlushOutAsync()
    {
        try
        {
            await _out.FlushAsync(CallerGone);
        }
        finally
        {
            _gate.Release();
        }
    }

    private void Commit()
    {
        if (_exchange.Guards is { Restores: true } visit)
            _restored = new RestoredFrames(new RestoreMap(visit.Placeholders.Restorable), _out);
        if (!_isOpen)
            Open();
        else if (_openedEarly)
            _out.Write(Encoding.ASCII.GetBytes(DescribeAnswer()));
        _exchange.IsCommitted = true;
    }

    private void Open()
    {
        var response = _exchange.Http.Response;
        response.ContentType = "text/event-stream; charset=utf-8";
        response.Headers.CacheControl = "no-cache";
        response.Headers["X-Accel-Buffering"] = "no";
        GatewayHeaders.Write(_exchange, _time);
        _isOpen = true;
    }

    /// <summary>What the headers would have said, had they not left before it was known.</summary>
    private string DescribeAnswer() => _exchange.AnsweredBy is { } pool
        ? $": {GatewayHeaders.Pool} {pool.Pool.Name}; {GatewayHeaders.Replica} {_exchange.AnsweredAt?.Name}; {GatewayHeaders.Attempts} {_exchange.Attempts.Count}{_exchange.DispatchNotes}\n\n"
        : "";

    /// <summary>Text that is held now is released when nothing has come for as long as the policy says.</summary>
    private void Await()
    {
        if (_guarded is null && _restored is null)
            return;
        var holds = _guarded is { CanExpire: true } || _restored is { Holds: true };
        if (holds)
            _patience ??= _time.CreateTimer(static state => ((EventWriter)state!).LosePatience(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _patience?.Change(holds ? _exchange.Guards!.Policy.Window.Time : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private void LosePatience()
    {
        // Whoever has the turn writes, and sets the time anew; but for the heartbeat, behind which this waits a little.
        if (_gate.Wait(0, CancellationToken.None))
            _ = ExpireAsync();
        else
            _patience?.Change(TimeSpan.FromMilliseconds(50), Timeout.InfiniteTimeSpan);
    }

    private async Task ExpireAsync()
    {
        try
        {
            if (_isDone || CallerGone.IsCancellationRequested)
                return;
            if (_guarded is not null)
            {
                _guarded.Expire();
                await _guarded.ReviewAsync(asksAll: true, CallerGone);
            }

            _restored?.Expire();
            if (IsBlocked)
                _upstream?.Stop();
            else if (_isOpen)
                await _out.FlushAsync(CallerGone);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or InvalidOperationException)
        {
            // The caller left in this moment; the flow learns of it by its own token.
        }
        finally
        {
            _gate.Release();
        }
    }

    private void Tick()
    {
        if (_wroteSinceTick)
        {
            _wroteSinceTick = false;
            return;
        }

        if (_gate.Wait(0, CancellationToken.None))
            _ = BeatAsync();
    }

    private async Task BeatAsync()
    {
        try
        {
            if (!_isDone && !CallerGone.IsCancellationRequested)
            {
                if (!_isOpen)
                {
                    Open();
                    _openedEarly = true;
                }

                _out.Write(Heartbeat);
                await _out.FlushAsync(CallerGone);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or InvalidOperationException)
        {
            // The caller left in this moment; the flow learns of it by its own token.
        }
        finally
        {
            _gate.Release();
        }
    }
}
