using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text;
using Gateway.Completions;
using Gateway.Protocol;

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

    private CancellationToken CallerGone => _exchange.CallerGone;

    /// <summary>Takes the writer's turn; frames may then be written until <see cref="FlushAsync"/>.</summary>
    public ValueTask BeginAsync() =>
        _gate.Wait(0, CancellationToken.None) ? ValueTask.CompletedTask : new ValueTask(_gate.WaitAsync(CallerGone));

    /// <summary>Adds whole frames. The first ones commit the exchange.</summary>
    public void Write(ReadOnlySpan<byte> frames)
    {
        if (!_exchange.IsCommitted)
            Commit();
        _out.Write(frames);
        _exchange.Copy?.Append(frames);
        _exchange.Cache?.Note(frames, _exchange.AnsweredBy?.Pool, isShown: true);
        _wroteSinceTick = true;
    }

    /// <summary>Notes frames that belong to the answer and that this caller did not ask for.</summary>
    public void Withhold(ReadOnlySpan<byte> frames) => _exchange.Cache?.Note(frames, _exchange.AnsweredBy?.Pool, isShown: false);

    /// <summary>Sends what was written and gives the turn back.</summary>
    /// <returns>False when the caller is gone, and nobody follows the answer.</returns>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<bool> FlushAsync()
    {
        try
        {
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

        _out.Write(ErrorFrame.Of(_exchange, error, _time));
        await FlushAsync();
        return true;
    }

    /// <summary>Waits for a heartbeat that is on its way, and keeps the turn for good.</summary>
    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync();
        await _gate.WaitAsync(CancellationToken.None);
        _isDone = true;
    }

    private void Commit()
    {
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
