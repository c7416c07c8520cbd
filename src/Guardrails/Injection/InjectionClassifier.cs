using System.Runtime.CompilerServices;

namespace Gateway.Guardrails.Injection;

/// <summary>Judges texts window by window: at first sight all of them, closely those that the gate lets through.</summary>
public sealed class InjectionClassifier(InjectionArtefact artefact)
{
    /// <summary>The gate's words.</summary>
    public GateTable Gate { get; } = new(artefact.Gate);

    /// <summary>The model of a kind of text.</summary>
    public LinearHead HeadOf(bool isIndirect) => isIndirect ? artefact.Indirect : artefact.Direct;

    /// <summary>The highest score of a text's windows; negative infinity when the gate lets none through.</summary>
    public float Best(ReadOnlySpan<byte> text, bool isIndirect)
    {
        var search = new WindowSearch(HeadOf(isIndirect), float.PositiveInfinity, null);
        Search(text, ref search);
        return search.Best;
    }

    /// <summary>Looks closely at what the gate lets through of a text.</summary>
    public void Search(ReadOnlySpan<byte> text, ref WindowSearch search)
    {
        var reader = new BlockReader(text, Gate);
        var track = new GateTrack(Gate);
        while (reader.Next(out var block))
        {
            if (track.Take(block, out var ready))
                search.Look(text, ready.Start, ready.End);
        }

        if (track.Rest(out var last))
            search.Look(text, last.Start, last.End);
    }
}

/// <summary>Gathers the windows that the gate lets through into regions that do not overlap.</summary>
public struct GateTrack(GateTable gate)
{
    private Ring _sums;
    private Ring _counts;
    private Ring _starts;
    private int _blocks;
    private int _start = -1;
    private int _end;

    /// <summary>Takes the next block.</summary>
    /// <param name="block">The block.</param>
    /// <param name="region">A region that is complete.</param>
    /// <returns>Whether there is one.</returns>
    public bool Take(in Block block, out (int Start, int End) region)
    {
        region = default;
        var place = _blocks % WindowShape.Long;
        (_sums[place], _counts[place], _starts[place]) = (block.Sum, block.Count, block.Start);
        _blocks++;
        var (sum, count, opened) = (0, 0, -1);
        for (var back = 0; back < Math.Min(WindowShape.Long, _blocks); back++)
        {
            var at = (_blocks - 1 - back) % WindowShape.Long;
            (sum, count) = (sum + _sums[at], count + _counts[at]);
            if (back is WindowShape.Short - 1 or WindowShape.Long - 1 || back == _blocks - 1)
                opened = count > 0 && gate.Opens(sum, count) ? _starts[at] : opened;
        }

        if (opened < 0)
            return false;
        if (_start >= 0 && opened <= _end)
        {
            _end = block.End;
            return false;
        }

        region = (_start, _end);
        var isReady = _start >= 0;
        (_start, _end) = (opened, block.End);
        return isReady;
    }

    /// <summary>The region that the text's end completes.</summary>
    public readonly bool Rest(out (int Start, int End) region)
    {
        region = (_start, _end);
        return _start >= 0;
    }
}

/// <summary>One number for each block of a long window.</summary>
[InlineArray(WindowShape.Long)]
public struct Ring
{
    private int _first;
}
