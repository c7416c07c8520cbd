using System.Runtime.CompilerServices;

namespace Gateway.Guardrails.Injection;

/// <summary>Gathers blocks that hint at a disguise, undoes it and judges what comes out.</summary>
/// <remarks>
/// Each disguise has a region of its own, which begins with the block before the first that hints at it and ends with the block behind the
/// last. A region that grows too large is judged in parts. So each byte is undone at most once for each disguise, and some a second time.
/// </remarks>
/// <param name="judge">Judges what comes out.</param>
public ref struct Disguises(InjectionJudge judge)
{
    private const int Largest = 3072;

    /// <summary>A block of very long words may be larger than a region; such a one is no text.</summary>
    private const int LargestBlock = 2 * Largest;

    private static readonly Hint[] Kinds = [Hint.Rotated, Hint.Reversed, Hint.Digits, Hint.Spaced, Hint.Lookalikes, Hint.Unseen, Hint.Escapes];

    private const Hint All = Hint.Rotated | Hint.Reversed | Hint.Digits | Hint.Spaced | Hint.Lookalikes | Hint.Unseen | Hint.Escapes;

    private Regions _regions;
    private Hint _open;
    private int _before;

    /// <summary>Takes a block.</summary>
    public void Take(ReadOnlySpan<byte> text, in Block block, Findings found)
    {
        if (((block.Hints | _open) & All) != 0)
            Gather(text, block, found);
        _before = block.Start;
    }

    /// <summary>Judges what is left at the text's end.</summary>
    public void Rest(ReadOnlySpan<byte> text, Findings found)
    {
        for (var i = 0; i < Kinds.Length; i++)
        {
            if ((_open & Kinds[i]) != 0)
                Judge(text, Kinds[i], _regions[i], found);
        }
    }

    private void Gather(ReadOnlySpan<byte> text, in Block block, Findings found)
    {
        for (var i = 0; i < Kinds.Length; i++)
        {
            var kind = Kinds[i];
            var isHinted = (block.Hints & kind) != 0;
            if ((_open & kind) != 0)
            {
                _regions[i].End = block.End;
                if (isHinted && block.End - _regions[i].Start < Largest)
                    continue;
                Judge(text, kind, _regions[i], found);
                _open &= ~kind;
                if (!isHinted)
                    continue;
            }
            else if (!isHinted)
            {
                continue;
            }

            _open |= kind;
            _regions[i] = new Region { Start = block.Start - _before < Largest ? _before : block.Start, End = block.End };
        }
    }

    private readonly void Judge(ReadOnlySpan<byte> text, Hint kind, Region region, Findings found)
    {
        var part = text[region.Start..region.End];
        if (part.Length > LargestBlock)
            part = part[..LargestBlock];
        Span<byte> room = stackalloc byte[2 * LargestBlock];
        var count = Disguise.Undo(kind, part, room);
        // What is an attack as it stands is found as it stands.
        if (judge.IsAttack(room[..count], out var score) && !judge.IsAttack(part, out _))
            found.Add(kind == Hint.Unseen ? "zero_width" : "encoded_payload", region.Start, part.Length, score);
    }

    private struct Region
    {
        public int Start;
        public int End;
    }

    [InlineArray(7)]
    private struct Regions
    {
        private Region _first;
    }
}
