using System.Buffers;
using Gateway.Caching.Embedding.Builtin;
using Gateway.Caching.Embedding.Language;
using Gateway.Caching.Embedding.WordPiece;

namespace Gateway.Caching.Embedding.Table;

/// <summary>Finds candidates: sums a table's vectors of the ask's pieces, in microseconds.</summary>
/// <remarks>
/// Not to be believed alone: order means nothing to it, and two capitals are near each other. What it finds near, an
/// <see cref="Encoder.EncoderEmbedder"/> confirms.
/// </remarks>
public sealed class TableEmbedder : IEmbedder
{
    private readonly WordPieceTokenizer _tokenizer;
    private readonly StaticTable _table;
    private readonly ILanguageGate _language;

    /// <param name="version">Its name and version.</param>
    /// <param name="tokenizer">Cuts asks into pieces.</param>
    /// <param name="table">The vector of each piece.</param>
    /// <param name="language">Which languages it knows.</param>
    /// <exception cref="ArgumentException">The table is not that of the vocabulary.</exception>
    public TableEmbedder(string version, WordPieceTokenizer tokenizer, StaticTable table, ILanguageGate language)
    {
        if (table.Rows != tokenizer.Vocabulary.Count)
            throw new ArgumentException($"A table of {table.Rows} rows for {tokenizer.Vocabulary.Count} pieces.", nameof(table));
        Version = version;
        _tokenizer = tokenizer;
        _table = table;
        _language = language;
    }

    public string Version { get; }

    public int Dimensions => _table.Dimensions;

    /// <summary>The one that comes with the gateway, for English.</summary>
    public static TableEmbedder CreateBuiltin() =>
        new(BuiltinModel.TableVersion, BuiltinModel.Tokenizer, BuiltinModel.Table, EnglishGate.Instance);

    public ValueTask<string?> EmbedAsync(string text, Memory<float> vector, CancellationToken cancel) => new(Embed(text, vector.Span));

    /// <summary>As <see cref="EmbedAsync"/>, which never waits.</summary>
    public string? Embed(ReadOnlySpan<char> text, Span<float> vector)
    {
        var rented = ArrayPool<int>.Shared.Rent(AskLimits.MostPieces);
        try
        {
            var pieces = rented.AsSpan(0, AskLimits.MostPieces);
            var count = text.Length > AskLimits.MostCharacters ? -1 : _tokenizer.Encode(text, pieces);
            if (count < 0)
                return AskLimits.TooLong;
            if (_language.Refusal(text, pieces[..count]) is { } reason)
                return reason;
            return _table.TrySum(pieces[..count], vector[..Dimensions]) ? null : AskLimits.Nothing;
        }
        finally
        {
            ArrayPool<int>.Shared.Return(rented);
        }
    }
}
