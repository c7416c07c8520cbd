using System.Collections.Frozen;

namespace Gateway.Caching.Embedding.WordPiece;

/// <summary>The pieces a BERT model knows, each with its number: one a line, as in a <c>vocab.txt</c>.</summary>
public sealed class WordPieceVocabulary
{
    private readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _whole;
    private readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _inner;

    /// <param name="pieces">The pieces, in the order of their numbers; such as do not begin a word begin with <c>##</c>.</param>
    /// <exception cref="FormatException">One of the pieces that every such vocabulary has is not there.</exception>
    public WordPieceVocabulary(IReadOnlyList<string> pieces)
    {
        var whole = new Dictionary<string, int>(pieces.Count, StringComparer.Ordinal);
        var inner = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var id = 0; id < pieces.Count; id++)
        {
            if (pieces[id].StartsWith("##", StringComparison.Ordinal) && pieces[id].Length > 2)
                inner.TryAdd(pieces[id][2..], id);
            else
                whole.TryAdd(pieces[id], id);
        }
        Unknown = Special(whole, "[UNK]");
        Start = Special(whole, "[CLS]");
        End = Special(whole, "[SEP]");
        Count = pieces.Count;
        _whole = whole.ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        _inner = inner.ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>How many pieces there are.</summary>
    public int Count { get; }

    /// <summary>Stands for a word that cannot be made of pieces.</summary>
    public int Unknown { get; }

    /// <summary>Begins a sequence.</summary>
    public int Start { get; }

    /// <summary>Ends a sequence.</summary>
    public int End { get; }

    /// <summary>Reads a vocabulary of one piece a line.</summary>
    /// <exception cref="FormatException">It lacks a piece that every such vocabulary has.</exception>
    public static WordPieceVocabulary Read(TextReader lines)
    {
        var pieces = new List<string>(32_000);
        while (lines.ReadLine() is { } piece)
            pieces.Add(piece);
        return new WordPieceVocabulary(pieces);
    }

    /// <summary>The piece that these letters are at a word's beginning, or within a word.</summary>
    public bool TryFind(ReadOnlySpan<char> letters, bool isInner, out int id) => (isInner ? _inner : _whole).TryGetValue(letters, out id);

    private static int Special(Dictionary<string, int> pieces, string name) =>
        pieces.TryGetValue(name, out var id) ? id : throw new FormatException($"The vocabulary has no {name}.");
}
