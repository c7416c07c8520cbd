namespace Gateway.Dispatch.Resume;

/// <summary>Where two legs of a stream meet: what the second one says again is dropped, and a stop string across it is found.</summary>
/// <remarks>
/// A chat template may trim the end of a message, so a half-said answer is sent without the white space at its end; the model says it
/// again, and that is dropped. A replayed answer is dropped as long as it equals what was shown, and has diverged where it does not.
/// </remarks>
public sealed class Seam
{
    private readonly Journal _journal;
    private readonly bool _isReplay;
    private readonly bool _isExact;
    private readonly StopScan? _stops;
    private int _content;
    private int _contentEnd;
    private int _reasoning;
    private int _reasoningEnd;

    /// <param name="journal">What was shown up to here.</param>
    /// <param name="mechanism">How the other leg was made to go on.</param>
    /// <param name="stops">Finds stop strings that begin before here; null when there are none.</param>
    internal Seam(Journal journal, Mechanism mechanism, StopScan? stops)
    {
        (_journal, _stops) = (journal, stops);
        (_isReplay, _isExact) = (mechanism == Mechanism.Replay, mechanism is Mechanism.Replay or Mechanism.Ids);
        (_contentEnd, _reasoningEnd) = (journal.Content.Length, journal.Reasoning.Length);
        (_content, _reasoning) = mechanism switch
        {
            Mechanism.Replay => (0, journal.HidesThought ? _reasoningEnd : 0),
            Mechanism.Ids => (_contentEnd - journal.ContentBeyondIds, _reasoningEnd - journal.ReasoningBeyondIds),
            _ => (journal.SolidContent.Length, _reasoningEnd),
        };
    }

    /// <summary>The replay says something else than was shown.</summary>
    public bool HasDiverged { get; private set; }

    /// <summary>A stop string that began before the seam is whole: nothing more is to be shown.</summary>
    public bool HasStopped { get; private set; }

    /// <summary>Drops from the answer's text what was shown already.</summary>
    /// <param name="text">Inside of a JSON string.</param>
    /// <returns>Bytes to drop from its beginning.</returns>
    public int Drop(ReadOnlySpan<byte> text)
    {
        var dropped = Drop(text, _journal.Content.Span, ref _content, ref _contentEnd);
        if (_stops is not null && dropped < text.Length && _stops.Meets(text[dropped..]))
            HasStopped = true;
        return dropped;
    }

    /// <summary>The same of the thought.</summary>
    public int DropThought(ReadOnlySpan<byte> text) => Drop(text, _journal.Reasoning.Span, ref _reasoning, ref _reasoningEnd);

    /// <summary>The leg ends: if all that was shown has not been said again by then, it said something else.</summary>
    public void End() => HasDiverged |= _isExact && (_content < _contentEnd || _reasoning < _reasoningEnd);

    private int Drop(ReadOnlySpan<byte> text, ReadOnlySpan<byte> shown, ref int at, ref int end)
    {
        if (at >= end || text.IsEmpty)
            return 0;
        var before = shown[at..end];
        if (_isExact)
        {
            var same = text.CommonPrefixLength(before);
            at += same;
            HasDiverged |= same < before.Length && same < text.Length;
            return same;
        }

        var dropped = 0;
        while (!before.IsEmpty && text[dropped..].StartsWith(before[..RawText.SpaceAtStart(before)]))
        {
            var space = RawText.SpaceAtStart(before);
            dropped += space;
            before = before[space..];
        }

        at = dropped < text.Length ? end : at + dropped;
        return dropped;
    }
}
