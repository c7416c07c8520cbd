using System.Buffers;
using Gateway.Caching.Embedding.Builtin;
using Gateway.Caching.Embedding.Language;
using Gateway.Caching.Embedding.WordPiece;

namespace Gateway.Caching.Embedding.Encoder;

/// <summary>Asks a sentence encoder, on a bounded pool of threads and within a budget of time. Never holds a request longer than that.</summary>
public sealed class EncoderEmbedder : IEmbedder, IDisposable
{
    private readonly WordPieceTokenizer _tokenizer;
    private readonly SentenceEncoder _encoder;
    private readonly ILanguageGate _language;
    private readonly EncoderLimits _limits;
    private readonly TimeProvider _time;
    private readonly EncoderWorkers _workers;

    /// <param name="version">Its name and version.</param>
    /// <param name="tokenizer">Cuts asks into pieces.</param>
    /// <param name="encoder">The encoder, disposed of with the embedder.</param>
    /// <param name="language">Which languages it knows.</param>
    /// <param name="limits">What encoding may take.</param>
    /// <param name="time">The clock.</param>
    public EncoderEmbedder(
        string version, WordPieceTokenizer tokenizer, SentenceEncoder encoder, ILanguageGate language, EncoderLimits limits, TimeProvider time)
    {
        Version = version;
        _tokenizer = tokenizer;
        _encoder = encoder;
        _language = language;
        _limits = limits;
        _time = time;
        _workers = new EncoderWorkers(encoder.Encode, limits.Workers, limits.Queue);
    }

    public string Version { get; }

    public int Dimensions => _encoder.Dimensions;

    /// <summary>The one that comes with the gateway, for English.</summary>
    public static EncoderEmbedder CreateBuiltin(EncoderLimits limits, TimeProvider time) => new(
        BuiltinModel.EncoderVersion, BuiltinModel.Tokenizer, BuiltinModel.CreateEncoder(), EnglishGate.Instance, limits, time);

    public async ValueTask<string?> EmbedAsync(string text, Memory<float> vector, CancellationToken cancel)
    {
        if (Cut(text, out var pieces) is { } refusal)
            return refusal;
        using var job = new EncoderJob(pieces, Dimensions, _limits.Budget, _time, cancel);
        if (!_workers.TryEnter(job))
            return "too many asks wait for the encoder";
        var reason = await job.Outcome;
        if (reason is null)
            job.Vector.CopyTo(vector);
        return reason;
    }

    public void Dispose()
    {
        _workers.Dispose();
        _encoder.Dispose();
    }

    private string? Cut(string text, out int[] pieces)
    {
        pieces = [];
        var rented = ArrayPool<int>.Shared.Rent(AskLimits.MostPieces);
        try
        {
            var room = rented.AsSpan(0, AskLimits.MostPieces);
            var count = text.Length > AskLimits.MostCharacters ? -1 : _tokenizer.Encode(text, room);
            if (count <= 0)
                return count < 0 ? AskLimits.TooLong : AskLimits.Nothing;
            if (_language.Refusal(text, room[..count]) is { } reason)
                return reason;
            pieces = [_tokenizer.Vocabulary.Start, .. room[..count], _tokenizer.Vocabulary.End];
            return null;
        }
        finally
        {
            ArrayPool<int>.Shared.Return(rented);
        }
    }
}
