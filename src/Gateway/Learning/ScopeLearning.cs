using Gateway.Configuration;
using Gateway.Routing.Learning;
using Gateway.Telemetry;

namespace Gateway.Learning;

/// <summary>What one model learns: its outcomes, its history, and the corrections in force, one step at a time.</summary>
/// <remarks>
/// The log of outcomes is the source of truth: whatever is here was read from it or follows from it, so that a restart, or
/// another gateway, comes to the same corrections under the same versions.
/// </remarks>
public sealed class ScopeLearning(string scope, LearningStore store, LiveCorrections corrections, TimeProvider time, ILogger log) : IDisposable
{
    /// <summary>After a fit so many times as long as it took are left before the next: a model takes a twentieth of a core at most.</summary>
    private const int RestAfterFit = 19;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly List<Outcome> _outcomes = [];
    private Correction? _current;
    private Correction? _candidate;
    private int _sinceFit;
    private DateTimeOffset _restsUntil;

    public string Scope { get; } = scope;

    /// <summary>Null until the state store was reached once.</summary>
    public CorrectionHistory? History { get; private set; }

    public FitReport? LastFit { get; private set; }

    public DateTimeOffset? LastFitAt { get; private set; }

    /// <summary>What was last seen of the candidate.</summary>
    public string? Trial { get; private set; }

    public Correction? Current => _current;

    public Correction? Candidate => _candidate;

    public int Outcomes => _outcomes.Count;

    /// <summary>Outcomes by kind, for the admin API.</summary>
    public async Task<Dictionary<OutcomeKind, int>> CountAsync()
    {
        await _turn.WaitAsync();
        try
        {
            return _outcomes.CountBy(outcome => outcome.Kind).ToDictionary();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Reads what is new, judges a trial, and fits anew when enough has come.</summary>
    public async Task StepAsync(uint artefact, LearningOptions options, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            if (await store.ReadHistoryAsync(cancel) is not { } history || await store.ReadNewAsync(cancel) is not { } news)
                return;
            await AdoptAsync(history, options, cancel);
            _outcomes.AddRange(news);
            _outcomes.RemoveRange(0, Math.Max(0, _outcomes.Count - options.Outcomes));
            _sinceFit += news.Count;
            if (History!.Candidate != 0)
                await JudgeAsync(options, cancel);
            else if (_sinceFit >= options.RefitAfter && time.GetUtcNow() >= _restsUntil)
                await RefitAsync(artefact, options, cancel);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>An operator's word: ends the trial, or goes back to the version before.</summary>
    /// <returns>False when there is nothing to go back from, or the state store was not reached.</returns>
    public async Task<bool> RollBackAsync(LearningOptions options, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            if (await store.ReadHistoryAsync(cancel) is not { } history)
                return false;
            var back = history.RollBack();
            return back != history && await ChangeAsync(history, back, "rolled_back", "an administrator asked for it", options, cancel);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task JudgeAsync(LearningOptions options, CancellationToken cancel)
    {
        var settings = new CanarySettings(options.Canary.Outcomes, options.Canary.Longest);
        var verdict = Canary.Judge(History!, _outcomes, settings, time.GetUtcNow().ToUnixTimeSeconds());
        Trial = verdict.Seen;
        if (verdict.Step == CanaryStep.Promote)
            await ChangeAsync(History!, History!.Promote(), "promoted", verdict.Seen, options, cancel);
        else if (verdict.Step == CanaryStep.RollBack)
            await ChangeAsync(History!, History!.RollBack(), "rolled_back", verdict.Seen, options, cancel);
    }

    private async Task RefitAsync(uint artefact, LearningOptions options, CancellationToken cancel)
    {
        var startedAt = time.GetTimestamp();
        var report = CorrectionFit.Fit(artefact, _outcomes);
        (LastFit, LastFitAt, _sinceFit) = (report, time.GetUtcNow(), 0);
        _restsUntil = LastFitAt.Value + (time.GetElapsedTime(startedAt) * RestAfterFit);
        if (report.Correction is not { } fitted)
            return;
        var next = History!.Try(fitted.Version, time.GetUtcNow().ToUnixTimeSeconds());
        if (next != History && await store.KeepAsync(fitted, cancel))
            await ChangeAsync(History, next, "tried", $"{fitted.Mark.Outcomes} outcomes", options, cancel);
    }

    private async Task<bool> ChangeAsync(
        CorrectionHistory before, CorrectionHistory after, string step, string why, LearningOptions options, CancellationToken cancel)
    {
        if (!await store.KeepAsync(before, after, cancel))
            return false;
        LearningMetrics.CountVersion(Scope, step);
        log.CorrectionChanged(Scope, step, $"{after.Current:x8}", after.Candidate == 0 ? null : $"{after.Candidate:x8}", why);
        await AdoptAsync(after, options, cancel);
        return true;
    }

    /// <summary>Puts the corrections that a history names in force. One that is not there any more counts as the default.</summary>
    private async Task AdoptAsync(CorrectionHistory history, LearningOptions options, CancellationToken cancel)
    {
        (Correction? Known, Correction? Other) had = (_current, _candidate);
        _current = await FindAsync(history.Current, had.Known, had.Other, cancel);
        _candidate = await FindAsync(history.Candidate, had.Known, had.Other, cancel);
        if (history.Candidate == 0)
            Trial = null;
        History = history;
        var arms = new Arms(_current, _candidate, options.Canary.Share);
        if (corrections.Of(Scope) != arms)
            corrections.Put(Scope, arms);
    }

    private async ValueTask<Correction?> FindAsync(uint version, Correction? one, Correction? other, CancellationToken cancel)
    {
        if (version == 0)
            return null;
        if (one?.Version == version)
            return one;
        return other?.Version == version ? other : await store.ReadCorrectionAsync(version, cancel);
    }
}
