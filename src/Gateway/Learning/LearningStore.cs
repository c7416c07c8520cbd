using System.Text.Json;
using Gateway.Routing.Learning;
using Gateway.State;

namespace Gateway.Learning;

/// <summary>What learning keeps of one model, in the words of learning: its log of outcomes, its history, its corrections.</summary>
public sealed class LearningStore(IStateStore store, string scope)
{
    /// <summary>Entries read at a time, about half a megabyte.</summary>
    private const int Page = 500;

    private LogPosition _known;

    /// <summary>The outcomes that were added since the last call, by whatever gateway; null when the store was not reached.</summary>
    public async ValueTask<List<Outcome>?> ReadNewAsync(CancellationToken cancel)
    {
        var found = new List<Outcome>();
        while (true)
        {
            var page = await store.ReadAsync(LearningKeys.Outcomes(scope), _known, Page, cancel);
            if (!page.IsReached)
                return found.Count > 0 ? found : null;
            foreach (var entry in page.Value)
            {
                _known = entry.Position;
                if (OutcomeCodec.Read(entry.Value) is { } outcome)
                    found.Add(outcome);
            }

            if (page.Value.Count < Page)
                return found;
        }
    }

    /// <summary>The history; a new one when there is none; null when the store was not reached.</summary>
    public async ValueTask<CorrectionHistory?> ReadHistoryAsync(CancellationToken cancel)
    {
        var kept = await store.GetAsync(LearningKeys.History(scope), cancel);
        if (!kept.IsReached)
            return null;
        try
        {
            return kept.Value is { } bytes ? JsonSerializer.Deserialize<CorrectionHistory>(bytes) : new CorrectionHistory();
        }
        catch (JsonException)
        {
            // Nobody but a gateway writes there; what cannot be read is learned anew from the outcomes.
            return new CorrectionHistory();
        }
    }

    /// <summary>Keeps a history, and lets go of corrections that it has no more use for.</summary>
    /// <returns>Whether it was kept.</returns>
    public async ValueTask<bool> KeepAsync(CorrectionHistory before, CorrectionHistory after, CancellationToken cancel)
    {
        if (!(await store.SetAsync(LearningKeys.History(scope), JsonSerializer.SerializeToUtf8Bytes(after), null, cancel)).IsReached)
            return false;
        foreach (var version in before.Earlier.Add(before.Current).Add(before.Candidate))
        {
            if (version != 0 && !after.Needs(version))
                await store.RemoveAsync(LearningKeys.Correction(scope, version), cancel);
        }

        return true;
    }

    public async ValueTask<bool> KeepAsync(Correction correction, CancellationToken cancel) =>
        (await store.SetAsync(LearningKeys.Correction(scope, correction.Version), CorrectionCodec.Write(correction), null, cancel)).IsReached;

    /// <summary>A correction by its version; null when it is not there, or not one that this gateway can apply.</summary>
    public async ValueTask<Correction?> ReadCorrectionAsync(uint version, CancellationToken cancel)
    {
        if (version == 0)
            return null;
        var kept = await store.GetAsync(LearningKeys.Correction(scope, version), cancel);
        return kept is { IsReached: true, Value: { } bytes } ? CorrectionCodec.Read(bytes) : null;
    }
}
