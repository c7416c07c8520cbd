using Gateway.Caching.Embedding.Encoder;
using Gateway.Caching.Embedding.Table;
using Gateway.Caching.Embedding.WordPiece;

namespace Gateway.Caching.Embedding.Builtin;

/// <summary>The model that comes with the gateway, all-MiniLM-L6-v2: its vocabulary, its static table and its encoder.</summary>
/// <remarks>Each is read from the assembly when it is first asked for: a gateway whose caches do without pays nothing.</remarks>
public static class BuiltinModel
{
    /// <summary>The table's version: a new table has a new one.</summary>
    public const string TableVersion = "minilm-table-1";

    /// <summary>The encoder's version: a new encoder has a new one.</summary>
    public const string EncoderVersion = "minilm-int8-1";

    /// <summary>The resource that holds the vocabulary.</summary>
    public const string VocabularyFile = "minilm-vocab.txt";

    /// <summary>The resource that holds the table.</summary>
    public const string TableFile = "minilm.table";

    /// <summary>The resource that holds the encoder.</summary>
    public const string EncoderFile = "minilm-int8.onnx";

    private static readonly Lazy<WordPieceTokenizer> SharedTokenizer = new(() =>
    {
        using var lines = new StreamReader(Open(VocabularyFile));
        return new WordPieceTokenizer(WordPieceVocabulary.Read(lines), isUncased: true);
    });

    private static readonly Lazy<StaticTable> SharedTable = new(() => StaticTable.Read(Read(TableFile)));

    public static WordPieceTokenizer Tokenizer => SharedTokenizer.Value;

    public static StaticTable Table => SharedTable.Value;

    /// <summary>A new encoder, about 25 MB of memory; who asks for it disposes of it.</summary>
    public static SentenceEncoder CreateEncoder() => new(Read(EncoderFile), TokenPooling.Mean);

    /// <summary>The bytes of one of its files.</summary>
    public static byte[] Read(string file)
    {
        using var stream = Open(file);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static Stream Open(string file) =>
        typeof(BuiltinModel).Assembly.GetManifestResourceStream($"Gateway.Caching.Embedding.{file}")
        ?? throw new InvalidOperationException($"The assembly lacks {file}.");
}
