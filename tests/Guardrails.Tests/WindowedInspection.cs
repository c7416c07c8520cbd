namespace Gateway.Guardrails.Tests;

/// <summary>Shows a guard a text as a stream would, cut into chunks, and gathers what it finds, at places of the whole text.</summary>
/// <remarks>Holds the guard to its contract on the way: what it returns, and where its findings lie.</remarks>
public sealed class WindowedInspection
{
    private readonly IGuard _guard;
    private readonly TextSource _source;
    private readonly string? _tool;
    private readonly Findings _found = new();
    private readonly List<Finding> _findings = [];
    private readonly List<byte> _window = [];
    private int _released;
    private int _windowStart;

    private WindowedInspection(IGuard guard, TextSource source, string? tool) => (_guard, _source, _tool) = (guard, source, tool);

    /// <summary>What was found, by place in the whole text.</summary>
    public IReadOnlyList<Finding> Findings => _findings;

    /// <summary>Bytes that were held back after each chunk but the last.</summary>
    public List<int> Held { get; } = [];

    /// <summary>Inspects a text chunk by chunk.</summary>
    /// <param name="guard">The guard.</param>
    /// <param name="text">UTF-8.</param>
    /// <param name="cuts">Where chunks end, ascending; the text's end need not be named. May fall inside a character.</param>
    /// <param name="source">What the text is.</param>
    /// <param name="tool">The tool's name.</param>
    public static WindowedInspection Run(
        IGuard guard, ReadOnlySpan<byte> text, IEnumerable<int> cuts, TextSource source = TextSource.Assistant, string? tool = null)
    {
        var stream = new WindowedInspection(guard, source, tool);
        var at = 0;
        foreach (var cut in cuts)
        {
            stream.Append(text[at..cut], isEnd: false);
            at = cut;
        }

        stream.Append(text[at..], isEnd: true);
        return stream;
    }

    /// <summary>What the guard finds in a text that it is shown as a whole.</summary>
    public static Finding[] Whole(IGuard guard, ReadOnlySpan<byte> text, TextSource source = TextSource.Assistant, string? tool = null)
    {
        var found = new Findings();
        Assert.Equal(text.Length, guard.Inspect(text, new Passage(source, tool), found));
        return found.All.ToArray();
    }

    private void Append(ReadOnlySpan<byte> chunk, bool isEnd)
    {
        _window.AddRange(chunk);
        byte[] window = [.. _window];
        var context = _released - _windowStart;
        _found.Clear();
        var open = _guard.Inspect(window, new Passage(_source, _tool, _windowStart, context, isEnd), _found);
        Assert.InRange(open, context, window.Length);
        if (isEnd)
            Assert.Equal(window.Length, open);
        else
            Held.Add(window.Length - open);
        foreach (var finding in _found.All)
        {
            Assert.True(finding.End <= open, $"{finding} is not settled at {open}.");
            if (finding.End <= context)
                continue;
            Assert.True(finding.Start >= context, $"{finding} reaches into what was released, which ends at {context}.");
            _findings.Add(finding with { Start = finding.Start + _windowStart });
        }

        _released = _windowStart + open;
        var start = Math.Max(_windowStart, _released - _guard.Lookbehind);
        _window.RemoveRange(0, start - _windowStart);
        _windowStart = start;
    }
}
