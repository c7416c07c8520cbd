using System.Collections.Concurrent;
using Gateway.Configuration;
using Gateway.Hosting;
using Gateway.Routing.Learning;
using Gateway.State;
using Gateway.Telemetry;

namespace Gateway.Learning;

/// <summary>The background of learning: outcomes into the log, and each model one step further.</summary>
/// <remarks>While the state store is away outcomes wait here, as many as one model may keep; requests notice nothing of it.</remarks>
public sealed class LearningLoop(
    LiveBlueprint live, OutcomeDesk desk, IStateStore store, LiveCorrections corrections, TimeProvider time, ILogger<LearningLoop> log)
    : BackgroundService
{
    /// <summary>How long an outcome waits before it is written, and before anything is learned from it.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(0.5);

    /// <summary>Ticks between two looks at what other gateways have written; a step reads a key and the end of a log.</summary>
    private const int TicksBetweenLooks = 4;

    private readonly ConcurrentDictionary<string, ScopeLearning> _scopes = new(StringComparer.Ordinal);
    private readonly Queue<OpenOutcome> _waiting = new();

    /// <summary>What each model has learned; models without a scorer that learns are not among them.</summary>
    public IEnumerable<ScopeLearning> Scopes => Routes().Select(route => ScopeOf(route.Name));

    public IStateStore Store => store;

    public LearningOptions Options => live.Current.Options.Routing.Learning;

    public ScopeLearning? Find(string scope) => Routes().Any(route => route.Name == scope) ? ScopeOf(scope) : null;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        // What the last requests left is worth the moment that it takes to write it.
        await WriteAsync(cancellationToken);
    }

    public override void Dispose()
    {
        base.Dispose();
        foreach (var scope in _scopes.Values)
            scope.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, time);
        for (var tick = 0; ; tick++)
        {
            var wrote = await WriteAsync(stoppingToken);
            if (Options.Enabled && (wrote || tick % TicksBetweenLooks == 0))
            {
                foreach (var (name, artefact) in Routes())
                    await ScopeOf(name).StepAsync(artefact, Options, stoppingToken);
            }

            if (!await timer.WaitForNextTickAsync(stoppingToken))
                return;
        }
    }

    /// <summary>Writes what requests have left.</summary>
    /// <returns>Whether anything was added to a log.</returns>
    private async Task<bool> WriteAsync(CancellationToken cancel)
    {
        while (desk.Outcomes.TryRead(out var outcome))
            _waiting.Enqueue(outcome);
        for (; _waiting.Count > Options.Outcomes; LearningMetrics.CountDropped())
            _waiting.Dequeue();
        var wrote = false;
        while (_waiting.TryPeek(out var next))
        {
            var written = await store.AppendAsync(LearningKeys.Outcomes(next.Scope), OutcomeCodec.Write(next.Outcome), Options.Outcomes, cancel);
            if (!written.IsReached)
                break;
            _waiting.Dequeue();
            wrote = true;
        }

        while (desk.Shared.TryRead(out var recent))
            await store.SetAsync(LearningKeys.Recent(recent.Request), recent.Bytes, Options.FeedbackWithin, cancel);
        return wrote;
    }

    private IEnumerable<(string Name, uint Artefact)> Routes()
    {
        foreach (var route in live.Current.Catalog.Routes)
        {
            if (route.Choice?.Scorer is ICorrectableScorer scorer)
                yield return (route.Name, scorer.Artefact);
        }
    }

    private ScopeLearning ScopeOf(string name) =>
        _scopes.GetOrAdd(name, scope => new ScopeLearning(scope, new LearningStore(store, scope), corrections, time, log));
}
