using System.Collections.Immutable;
using Gateway.Guardrails.Pii.Patterns;
using Gateway.Guardrails.Pii.Reading;
using Gateway.Guardrails.Text;

namespace Gateway.Guardrails.Pii;

/// <summary>Finds personal data, however its signs are disguised.</summary>
/// <remarks>
/// One vectorised look for digits and <c>@</c> finds the places; recognisers are asked about the word there. A text in which no sign needs to be folded
/// is read where it stands. Nothing is allocated unless something is found. Findings never overlap.
/// </remarks>
public sealed class PiiGuard : IGuard
{
    private readonly Roster _roster;
    private readonly ImmutableArray<CustomPattern> _patterns;

    /// <param name="settings">What counts.</param>
    /// <exception cref="ArgumentException">An entity or a region is unknown.</exception>
    /// <exception cref="FormatException">A pattern is not of the subset.</exception>
    public PiiGuard(PiiSettings settings)
    {
        foreach (var entity in settings.Entities)
        {
            if (!Entities.Contains(entity))
                throw new ArgumentException($"'{entity}' is no kind of personal data; known are {string.Join(", ", Entities)}.", nameof(settings));
        }

        _roster = new Roster(settings.Entities.IsEmpty ? Entities : settings.Entities, settings.Regions);
        _patterns = [.. settings.Patterns.Select(static pattern => new CustomPattern(pattern.Key, pattern.Value))];
    }

    /// <summary>The kinds it knows, by label.</summary>
    public static ImmutableArray<string> Entities => Roster.Labels;

    /// <summary>What recognisers may look at, and a sign more that the window's beginning may have cut.</summary>
    public int Lookbehind => Cursor.Reach + 8 * FoldSigns.Longest;

    public int Inspect(ReadOnlySpan<byte> text, in Passage passage, Findings found)
    {
        var escapes = passage.Source is TextSource.Arguments or TextSource.Definition;
        var settled = passage.IsEnd ? text.Length : Math.Max(passage.Context, FoldSigns.Settled(text, escapes));
        text = text[..settled];
        // A sign before the context's last bytes changes nothing that is still judged.
        var first = FoldSigns.IndexOf(text, Math.Max(0, passage.Context - Lookbehind), escapes);
        if (first < 0)
            return Inspect(text, passage.Context, passage.IsEnd, null, found);
        using var folded = new FoldedText(text, first, escapes);
        var open = Inspect(folded.Bytes, folded.PlaceOf(passage.Context), passage.IsEnd, folded, found);
        return folded.Origin(open);
    }

    private int Inspect(ReadOnlySpan<byte> text, int from, bool isEnd, FoldedText? map, Findings found)
    {
        var scan = new Scan(_roster, text, isEnd, map);
        scan.Run(from);
        var open = scan.Open;
        for (var i = 0; i < _patterns.Length; i++)
            open = Math.Min(open, _patterns[i].Read(text, from, isEnd, rank: 100 + i, ref scan.Seen));
        open = scan.Seen.Settle(open);
        scan.Seen.Report(open, map, found);
        return open;
    }
}
