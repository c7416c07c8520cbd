using System.Data.Common;
using Gateway.Routing.Health;
using Gateway.Telemetry;
using StackExchange.Redis;

namespace Gateway.State;

/// <summary>A store in front of another that keeps its faults away from the gateway: bounded, counted, given a rest.</summary>
/// <remarks>A call takes at most <see cref="Patience"/>; after faults in a row the store is left alone for a while.</remarks>
public sealed class BoundedStateStore(IStateStore inner, TimeProvider time, ILogger log) : IStateStore
{
    /// <summary>The longest that a call may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Three faults in a row and it rests: as long as a restart takes at first, half a minute at most.</summary>
    private static readonly BreakerSettings Rest = new(3, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));

    private readonly CircuitBreaker _breaker = new(Rest, time);
    private int _isDown;

    public string Place => inner.Place;

    public bool IsShared => inner.IsShared;

    /// <summary>Whether the last call reached it.</summary>
    public bool IsReached => Volatile.Read(ref _isDown) == 0;

    public ValueTask<Stored<byte[]?>> GetAsync(string key, CancellationToken cancel) =>
        TryAsync(limit => inner.GetAsync(key, limit), cancel);

    public ValueTask<Stored<bool>> SetAsync(string key, ReadOnlyMemory<byte> value, TimeSpan? expiry, CancellationToken cancel) =>
        TryAsync(limit => inner.SetAsync(key, value, expiry, limit), cancel);

    public ValueTask<Stored<bool>> RemoveAsync(string key, CancellationToken cancel) =>
        TryAsync(limit => inner.RemoveAsync(key, limit), cancel);

    public ValueTask<Stored<IReadOnlyList<StoredValue>>> ListAsync(string prefix, CancellationToken cancel) =>
        TryAsync(limit => inner.ListAsync(prefix, limit), cancel);

    public ValueTask<Stored<LogPosition>> AppendAsync(string log, ReadOnlyMemory<byte> entry, int cap, CancellationToken cancel) =>
        TryAsync(limit => inner.AppendAsync(log, entry, cap, limit), cancel);

    public ValueTask<Stored<IReadOnlyList<LogEntry>>> ReadAsync(string log, LogPosition after, int most, CancellationToken cancel) =>
        TryAsync(limit => inner.ReadAsync(log, after, most, limit), cancel);

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private async ValueTask<Stored<T>> TryAsync<T>(Func<CancellationToken, ValueTask<Stored<T>>> call, CancellationToken cancel)
    {
        var pass = _breaker.TryEnter();
        if (pass == BreakerPass.Refused)
            return default;
        try
        {
            var answer = await call(cancel).AsTask().WaitAsync(Patience, time, cancel);
            _breaker.Succeeded(pass);
            if (Interlocked.Exchange(ref _isDown, 0) == 1)
                log.StateBack(Place);
            return answer;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            _breaker.Dropped(pass);
            return default;
        }
        catch (Exception e) when (e is RedisException or DbException or TimeoutException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            _breaker.Failed(pass);
            GatewayMetrics.CountStateFailure();
            if (Interlocked.Exchange(ref _isDown, 1) == 0)
                log.StateLost(Place, e.Message);
            return default;
        }
    }
}
