using Gateway.Guardrails.Injection;

namespace Gateway.Bench.Guardrails.Injection;

/// <summary>Windows of texts, as the classifier cuts them, with their n-grams: what a model is fitted to.</summary>
/// <param name="wordsAlone">Only the words themselves, as the gate sees them.</param>
public sealed class WindowSet(bool wordsAlone)
{
    private uint[] _grams = new uint[1 << 20];
    private int _gramCount;

    public List<TextWindow> Windows { get; } = [];

    /// <summary>The n-grams of a window.</summary>
    public ReadOnlySpan<uint> GramsOf(in TextWindow window) => _grams.AsSpan(window.From, window.To - window.From);

    /// <summary>Adds a text's windows.</summary>
    /// <param name="text">The text.</param>
    /// <param name="index">Its number.</param>
    /// <param name="isAttack">What it is.</param>
    /// <param name="weight">What the text counts as a whole, shared among its windows when it is an attack; else what each of them counts.</param>
    public void Add(byte[] text, int index, bool isAttack, float weight)
    {
        Span<uint> hashes = stackalloc uint[Grams.Most];
        var grams = new Grams(text);
        List<(int From, int Tokens)> blocks = [];
        var (from, tokens) = (_gramCount, 0);
        while (grams.Next(hashes) is var count and > 0)
        {
            Append(wordsAlone ? [grams.Token.Hash] : hashes[..count]);
            if (++tokens < WindowShape.Block)
                continue;
            blocks.Add((from, tokens));
            (from, tokens) = (_gramCount, 0);
        }

        if (tokens > 0)
            blocks.Add((from, tokens));
        var first = Windows.Count;
        for (var last = 0; last < blocks.Count; last++)
        {
            var end = last + 1 < blocks.Count ? blocks[last + 1].From : _gramCount;
            AddWindow(blocks, Math.Max(0, last - WindowShape.Short + 1), last, end, index, isAttack, weight);
            if (last >= WindowShape.Short && (last % 2 == 1 || last == blocks.Count - 1))
                AddWindow(blocks, Math.Max(0, last - WindowShape.Long + 1), last, end, index, isAttack, weight);
        }

        if (!isAttack)
            return;
        for (var i = first; i < Windows.Count; i++)
            Windows[i] = Windows[i] with { Weight = weight / MathF.Sqrt(Windows.Count - first) };
    }

    private void AddWindow(List<(int From, int Tokens)> blocks, int first, int last, int end, int index, bool isAttack, float weight)
    {
        var tokens = 0;
        for (var i = first; i <= last; i++)
            tokens += blocks[i].Tokens;
        Windows.Add(new TextWindow(blocks[first].From, end, tokens, index, isAttack, weight));
    }

    private void Append(ReadOnlySpan<uint> hashes)
    {
        if (_gramCount + hashes.Length > _grams.Length)
            Array.Resize(ref _grams, _grams.Length * 2);
        hashes.CopyTo(_grams.AsSpan(_gramCount));
        _gramCount += hashes.Length;
    }
}

/// <summary>A window.</summary>
/// <param name="From">Its first n-gram in the set.</param>
/// <param name="To">Behind its last.</param>
/// <param name="Tokens">Tokens in it.</param>
/// <param name="Text">The text it is of.</param>
/// <param name="IsAttack">Whether the text is an attack.</param>
/// <param name="Weight">What it counts.</param>
public readonly record struct TextWindow(int From, int To, int Tokens, int Text, bool IsAttack, float Weight);
