namespace Gateway.Dispatch.Resume;

/// <summary>Ids of generated tokens, as the chunks carried them: decimal numbers with commas between them.</summary>
/// <remarks>
/// Ids run ahead of text, since a token that ends inside a character shows nothing yet. Only those up to the last text that was shown
/// count: the others are generated again.
/// </remarks>
internal sealed class TokenLog : IDisposable
{
    /// <summary>Most bytes of ids: some 300,000 tokens of a vocabulary of a hundred thousand.</summary>
    private const int Most = 2 * 1024 * 1024;

    private readonly TextLog _ids = new(Most);
    private int _shown;
    private bool _isBroken;

    /// <summary>The ids whose text was shown; empty when some of them are not known.</summary>
    public ReadOnlyMemory<byte> Shown => _isBroken ? default : _ids.Memory[.._shown];

    /// <param name="array">A JSON array of ids; anything else makes the log useless.</param>
    public void Append(ReadOnlySpan<byte> array)
    {
        if (array.Length < 2 || array[0] != '[')
        {
            _isBroken = true;
            return;
        }

        var inside = array[1..^1];
        if (inside.IsEmpty)
            return;
        _isBroken |= (_ids.Length > 0 && !_ids.TryAppend(","u8)) || !_ids.TryAppend(inside);
    }

    /// <summary>The text of all ids so far has been shown.</summary>
    public void Commit() => _shown = _ids.Length;

    public void Dispose() => _ids.Dispose();
}
