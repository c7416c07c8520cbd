namespace Gateway.Guardrails.Injection;

/// <summary>The close look: scores the windows of regions of a text and keeps those that count, overlapping ones as one.</summary>
/// <param name="head">The model.</param>
/// <param name="threshold">The score from which on a window counts.</param>
/// <param name="found">Takes what counts; null when only the best score is asked for.</param>
public ref struct WindowSearch(LinearHead head, float threshold, Findings? found)
{
    /// <summary>The label of what the classifier finds.</summary>
    public const string Label = "prompt_injection";

    private Ring _sums;
    private Ring _counts;
    private Ring _starts;
    private int _start;
    private int _end;
    private float _score;

    /// <summary>The highest score seen.</summary>
    public float Best { get; private set; } = float.NegativeInfinity;

    /// <summary>Looks at a region.</summary>
    public void Look(ReadOnlySpan<byte> text, int start, int end)
    {
        Span<uint> hashes = stackalloc uint[Grams.Most];
        var grams = new Grams(text[start..end]);
        var weights = head.Weights;
        var shift = 32 - System.Numerics.BitOperations.Log2((uint)weights.Length);
        var (sum, tokens, first, last, blocks) = (0, 0, 0, 0, 0);
        _end = 0;
        while (grams.Next(hashes) is var count and > 0)
        {
            first = tokens == 0 ? grams.Token.Start : first;
            last = grams.Token.End;
            foreach (var hash in hashes[..count])
                sum += weights[hash >> shift];
            if (++tokens == WindowShape.Block)
            {
                Close(blocks++, sum, tokens, start + first, start + last);
                (sum, tokens) = (0, 0);
            }
        }

        if (tokens > 0)
            Close(blocks, sum, tokens, start + first, start + last);
        Keep();
    }

    /// <summary>Scores the windows that end with a block.</summary>
    private void Close(int block, int sum, int tokens, int start, int end)
    {
        var place = block % WindowShape.Long;
        (_sums[place], _counts[place], _starts[place]) = (sum, tokens, start);
        (sum, tokens) = (0, 0);
        for (var back = 0; back < WindowShape.Long && back <= block; back++)
        {
            var at = (block - back) % WindowShape.Long;
            (sum, tokens) = (sum + _sums[at], tokens + _counts[at]);
            if (back != WindowShape.Short - 1 && back != WindowShape.Long - 1 && back != block)
                continue;
            var score = head.Score(sum, tokens);
            Best = Math.Max(Best, score);
            // A long window adds nothing to a place that a short one has named already.
            if (score >= threshold && (back < WindowShape.Short || _end <= _starts[at]))
                Note(_starts[at], end, score);
        }
    }

    private void Note(int start, int end, float score)
    {
        if (_end > start)
        {
            (_end, _score) = (end, Math.Max(_score, score));
            return;
        }

        Keep();
        (_start, _end, _score) = (start, end, score);
    }

    private void Keep()
    {
        if (_end > _start)
            found?.Add(Label, _start, _end - _start, 1 / (1 + MathF.Exp(-_score)));
        (_start, _end) = (0, 0);
    }
}
