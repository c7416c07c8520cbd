namespace Gateway.Guardrails.Injection;

/// <summary>Finds attempts to take over the model, direct and indirect.</summary>
/// <remarks>
/// A learned classifier says <c>prompt_injection</c>; rules of form say <c>hidden_text</c>, <c>zero_width</c>, <c>fake_role</c> and
/// <c>encoded_payload</c>, and what they uncover is judged by the same classifier. What users say is judged as said by them, what tools return
/// and what users quote as text of third parties, which has no business giving orders. What the model itself wrote is looked at for form alone.
/// <c>bench/Guardrails/injection.md</c> has the figures.
/// </remarks>
public sealed class InjectionGuard : IGuard
{
    private readonly InjectionJudge _judge;
    private readonly bool _judgesSystem;

    /// <exception cref="ArgumentOutOfRangeException">The rate is not in (0, 0.1].</exception>
    /// <exception cref="InvalidDataException">The artefact is none.</exception>
    public InjectionGuard(InjectionSettings settings)
    {
        if (settings.FalsePositives is not (> 0 and <= 0.1))
            throw new ArgumentOutOfRangeException(nameof(settings), settings.FalsePositives, "A false-positive rate is in (0, 0.1].");
        var artefact = settings.Artefact is { } own ? InjectionArtefact.Read(own) : InjectionArtefact.Default;
        _judge = new InjectionJudge(new InjectionClassifier(artefact), settings.FalsePositives);
        _judgesSystem = settings.JudgesSystem;
    }

    /// <inheritdoc/>
    public int Lookbehind => 0;

    /// <inheritdoc/>
    /// <remarks>A text is judged as a whole, once it has ended.</remarks>
    public int Inspect(ReadOnlySpan<byte> text, in Passage passage, Findings found)
    {
        if (!passage.IsEnd)
            return 0;
        switch (passage.Source)
        {
            case TextSource.System or TextSource.Definition when !_judgesSystem:
                return text.Length;
            case TextSource.Assistant or TextSource.Reasoning or TextSource.Arguments:
                InspectForm(text, found);
                break;
            case TextSource.Tool or TextSource.Definition:
                InspectPart(text, new SaidPart(0, text.Length, true), found);
                break;
            default:
                var parts = new QuotedParts(text);
                while (parts.Next(out var part))
                    InspectPart(text, part, found);
                break;
        }

        if (found.Count > 1)
            KeepOneOfEachPlace(found);
        return text.Length;
    }

    /// <summary>Judges a part in one pass; what is hinted at on the way is looked at closely.</summary>
    private void InspectPart(ReadOnlySpan<byte> whole, SaidPart part, Findings found)
    {
        var text = whole[part.Start..part.End];
        var before = found.Count;
        var search = new WindowSearch(_judge.Classifier.HeadOf(part.IsQuoted), _judge.Threshold(part.IsQuoted), found);
        var reader = new BlockReader(text, _judge.Classifier.Gate);
        var track = new GateTrack(_judge.Classifier.Gate);
        var disguises = new Disguises(_judge);
        var markers = default(RoleMarkers);
        var (runs, elements, unseen, end) = (0, 0, 0, 0);
        while (reader.Next(out var block))
        {
            if (track.Take(block, out var region))
                search.Look(text, region.Start, region.End);
            disguises.Take(text, block, found);
            if ((block.Hints & (Hint.Marker | Hint.Run | Hint.Style | Hint.Unseen)) != 0)
            {
                if ((block.Hints & Hint.Marker) != 0)
                    markers.Inspect(text, block.Start, block.End, _judge, found);
                if ((block.Hints & Hint.Run) != 0)
                    EncodedRuns.Inspect(text, block.Start, block.End, ref runs, _judge, found);
                if ((block.Hints & Hint.Style) != 0)
                    HiddenMarkup.Elements(text, block.Start, block.End, ref elements, _judge, found);
                if ((block.Hints & Hint.Unseen) != 0)
                    unseen = Unseen.Inspect(text, Math.Max(unseen, end), block.End, found);
            }

            end = block.End;
        }

        if (track.Rest(out var last))
            search.Look(text, last.Start, last.End);
        disguises.Rest(text, found);
        HiddenMarkup.Comments(text, _judge, found);
        if (part.Start > 0 && found.Count > before)
            Move(found, before, part.Start);
    }

    /// <summary>Looks at the form alone.</summary>
    private void InspectForm(ReadOnlySpan<byte> text, Findings found)
    {
        var reader = new BlockReader(text, _judge.Classifier.Gate);
        var markers = default(RoleMarkers);
        var (unseen, end) = (0, 0);
        while (reader.Next(out var block))
        {
            if ((block.Hints & Hint.Marker) != 0)
                markers.Inspect(text, block.Start, block.End, null, found);
            if ((block.Hints & Hint.Unseen) != 0)
                unseen = Unseen.Inspect(text, Math.Max(unseen, end), block.End, found);
            end = block.End;
        }
    }

    private static void Move(Findings found, int from, int by)
    {
        var all = found.All.ToArray();
        found.Clear();
        for (var i = 0; i < all.Length; i++)
            found.Add(i < from ? all[i] : all[i] with { Start = all[i].Start + by });
    }

    /// <summary>What a rule found is not said again as what the classifier found, nor twice.</summary>
    private static void KeepOneOfEachPlace(Findings found)
    {
        found.Sort();
        var all = found.All.ToArray();
        found.Clear();
        var nextOfRule = new int[all.Length + 1];
        nextOfRule[^1] = int.MaxValue;
        for (var i = all.Length - 1; i >= 0; i--)
            nextOfRule[i] = all[i].Label == WindowSearch.Label ? nextOfRule[i + 1] : all[i].Start;
        var endOfRule = 0;
        for (var i = 0; i < all.Length; i++)
        {
            var finding = all[i];
            if (finding.Label == WindowSearch.Label ? endOfRule > finding.Start || nextOfRule[i] < finding.End : found.Count > 0 && found.All[^1].Label == finding.Label && found.All[^1].End >= finding.End)
                continue;
            found.Add(finding);
            endOfRule = finding.Label == WindowSearch.Label ? endOfRule : Math.Max(endOfRule, finding.End);
        }
    }
}
