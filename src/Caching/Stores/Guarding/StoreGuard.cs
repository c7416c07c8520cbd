using Polly;
using Polly.CircuitBreaker;

namespace Gateway.Caching.Stores.Guarding;

/// <summary>Keeps the faults of one store away from requests: a call takes at most its budget, and a store that fails is left alone for a while.</summary>
/// <remarks>
/// A call that does not end in time is told to, and no longer waited for whether it listens or not. After enough faults no call is made until
/// one may try; when that one is answered, all are made again. A caller that left is nobody's fault.
/// </remarks>
public sealed class StoreGuard
{
    private const int MostDoublings = 10;

    private readonly string _store;
    private readonly GuardSettings _settings;
    private readonly TimeProvider _time;
    private readonly Action<StoreFault>? _report;
    private readonly CircuitBreakerStateProvider _state = new();
    private readonly ResiliencePipeline _breaker;

    /// <param name="store">The store's name in faults.</param>
    /// <param name="settings">What a call may cost.</param>
    /// <param name="time">The clock of budgets and rests.</param>
    /// <param name="report">Told of each fault; called on the request's path, so it counts and returns.</param>
    public StoreGuard(string store, GuardSettings settings, TimeProvider time, Action<StoreFault>? report = null)
    {
        (_store, _settings, _time, _report) = (store, settings, time, report);
        _breaker = new ResiliencePipelineBuilder { TimeProvider = time }.AddCircuitBreaker(new CircuitBreakerStrategyOptions
        {
            FailureRatio = 0.5,
            MinimumThroughput = settings.Calls,
            SamplingDuration = settings.Window,
            BreakDurationGenerator = arguments => new(RestAfter(arguments.HalfOpenAttempts)),
            ShouldHandle = arguments => new(IsFault(arguments.Outcome.Exception)),
            StateProvider = _state,
        }).Build();
    }

    /// <summary>Whether the store is left alone, or on trial.</summary>
    public bool IsOpen => _state.CircuitState != CircuitState.Closed;

    public GuardSettings Settings => _settings;

    /// <summary>Makes a call.</summary>
    /// <param name="call">Its name in faults.</param>
    /// <param name="budget">The longest that it may take.</param>
    /// <param name="ask">The call.</param>
    /// <param name="cancel">The caller left.</param>
    /// <returns>What it came to, or the fault.</returns>
    public async ValueTask<(T? Value, StoreFault? Fault)> AskAsync<T>(
        string call, TimeSpan budget, Func<CancellationToken, ValueTask<T>> ask, CancellationToken cancel)
    {
        var context = ResilienceContextPool.Shared.Get(cancel);
        var outcome = await _breaker.ExecuteOutcomeAsync(
            static async (context, call) => await call.Guard.BoundedAsync(call.Ask, call.Budget, context.CancellationToken),
            context,
            (Guard: this, Ask: ask, Budget: budget));
        ResilienceContextPool.Shared.Return(context);
        if (outcome.Exception is not { } fault)
            return (outcome.Result, null);
        cancel.ThrowIfCancellationRequested();
        var known = new StoreFault(_store, call, KindOf(fault), fault is BrokenCircuitException ? "left alone after faults" : fault.Message);
        _report?.Invoke(known);
        return (default, known);
    }

    private async ValueTask<Outcome<T>> BoundedAsync<T>(Func<CancellationToken, ValueTask<T>> ask, TimeSpan budget, CancellationToken cancel)
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var asking = Task.FromCanceled<T>(new CancellationToken(canceled: true));
        try
        {
            asking = ask(limit.Token).AsTask();
            return Outcome.FromResult(await asking.WaitAsync(budget, _time, cancel));
        }
        catch (Exception e)
        {
            return Outcome.FromException<T>(e);
        }
        finally
        {
            Abandon(asking, limit);
        }
    }

    /// <summary>Tells a call that is still running to end, and looks at its failure so that nobody else has to.</summary>
    private static void Abandon(Task asking, CancellationTokenSource limit)
    {
        if (asking.IsCompleted)
        {
            limit.Dispose();
            return;
        }

        _ = limit.CancelAsync();
        _ = asking.ContinueWith(
            static (ended, limit) =>
            {
                _ = ended.Exception;
                ((CancellationTokenSource)limit!).Dispose();
            },
            limit, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    // A trial whose caller left says nothing of the store, and must not end the rest.
    private bool IsFault(Exception? exception) => exception is OperationCanceledException ? IsOpen : exception is not null;

    private static StoreFaultKind KindOf(Exception fault) => fault switch
    {
        BrokenCircuitException => StoreFaultKind.LeftAlone,
        TimeoutException or OperationCanceledException => StoreFaultKind.TooSlow,
        _ => StoreFaultKind.Failed,
    };

    private TimeSpan RestAfter(int failedTrials)
    {
        var rest = _settings.Rest * Math.Pow(2, Math.Min(failedTrials, MostDoublings));
        return rest < _settings.LongestRest ? rest : _settings.LongestRest;
    }
}
