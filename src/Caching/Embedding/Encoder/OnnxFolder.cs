using System.Security.Cryptography;
using System.Text.Json;
using Gateway.Caching.Embedding.Language;
using Gateway.Caching.Embedding.WordPiece;

namespace Gateway.Caching.Embedding.Encoder;

/// <summary>A sentence encoder in a folder, as they are published: <c>model.onnx</c> (there or under <c>onnx</c>), and its pieces in
/// <c>vocab.txt</c> or a WordPiece <c>tokenizer.json</c>.</summary>
/// <remarks>
/// Pooling is read from <c>1_Pooling/config.json</c> and is the mean where that is not there; whether letters are folded from
/// <c>tokenizer.json</c> or <c>tokenizer_config.json</c>, and they are where neither says. Models with other tokenizers (SentencePiece, BPE)
/// are refused.
/// </remarks>
public static class OnnxFolder
{
    /// <summary>Loads a folder's encoder and asks it for a first vector.</summary>
    /// <param name="folder">Its path.</param>
    /// <param name="limits">What encoding may take.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="FormatException">What is in the folder is no sentence encoder that can be run; the message says why.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static EncoderEmbedder Load(string folder, EncoderLimits limits, TimeProvider time)
    {
        var path = new[] { Path.Combine(folder, "model.onnx"), Path.Combine(folder, "onnx", "model.onnx") }.FirstOrDefault(File.Exists)
            ?? throw new FormatException($"{folder} has no model.onnx.");
        var model = File.ReadAllBytes(path);
        var tokenizer = new WordPieceTokenizer(Vocabulary(folder), IsUncased(folder));
        var encoder = new SentenceEncoder(model, IsFirstToken(folder) ? TokenPooling.First : TokenPooling.Mean);
        try
        {
            Probe(encoder, tokenizer.Vocabulary);
        }
        catch (Exception error) when (error is not FormatException)
        {
            encoder.Dispose();
            throw new FormatException($"{path} gives no vector: {error.Message}", error);
        }
        var version = $"onnx-{Convert.ToHexStringLower(SHA256.HashData(model))[..16]}";
        return new EncoderEmbedder(version, tokenizer, encoder, AnyLanguage.Instance, limits, time);
    }

    private static void Probe(SentenceEncoder encoder, WordPieceVocabulary vocabulary)
    {
        var vector = new float[encoder.Dimensions];
        encoder.Encode([vocabulary.Start, vocabulary.Count - 1, vocabulary.End], vector);
        if (!vector.All(float.IsFinite) || vector.All(number => number == 0))
            throw new ArithmeticException("it is not made of numbers, or nothing");
    }

    private static WordPieceVocabulary Vocabulary(string folder)
    {
        var lines = Path.Combine(folder, "vocab.txt");
        if (File.Exists(lines))
        {
            using var reader = new StreamReader(lines);
            return WordPieceVocabulary.Read(reader);
        }
        using var tokenizer = Json(folder, "tokenizer.json") ?? throw new FormatException($"{folder} has no vocab.txt and no tokenizer.json.");
        if (!tokenizer.RootElement.TryGetProperty("model", out var model) || !model.TryGetProperty("type", out var type)
            || type.ValueEquals("WordPiece") is false || !model.TryGetProperty("vocab", out var pieces) || pieces.ValueKind != JsonValueKind.Object)
            throw new FormatException($"{folder}: the tokenizer.json is of another type; only WordPiece is known.");
        var entries = pieces.EnumerateObject().OrderBy(entry => entry.Value.GetInt32());
        return new WordPieceVocabulary([.. entries.Select(entry => entry.Name)]);
    }

    private static bool IsUncased(string folder)
    {
        using var tokenizer = Json(folder, "tokenizer.json");
        if (tokenizer?.RootElement.TryGetProperty("normalizer", out var normalizer) == true && normalizer.ValueKind == JsonValueKind.Object
            && normalizer.TryGetProperty("lowercase", out var lower))
            return lower.ValueKind == JsonValueKind.True;
        using var config = Json(folder, "tokenizer_config.json");
        return config?.RootElement.TryGetProperty("do_lower_case", out var fold) != true || fold.ValueKind == JsonValueKind.True;
    }

    private static bool IsFirstToken(string folder)
    {
        using var pooling = Json(folder, Path.Combine("1_Pooling", "config.json"));
        return pooling?.RootElement.TryGetProperty("pooling_mode_cls_token", out var first) == true && first.ValueKind == JsonValueKind.True;
    }

    private static JsonDocument? Json(string folder, string file)
    {
        var path = Path.Combine(folder, file);
        try
        {
            return File.Exists(path) ? JsonDocument.Parse(File.ReadAllBytes(path)) : null;
        }
        catch (JsonException error)
        {
            throw new FormatException($"{path} is no JSON: {error.Message}", error);
        }
    }
}
