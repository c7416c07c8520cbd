using Gateway.Caching.Stores.Coding;

namespace Gateway.Caching.Stores.Snapshots;

/// <summary>Answers in a stream.</summary>
internal static class AnswerSnapshot
{
    private const string Kind = "answers";

    public static async ValueTask SaveAsync(Stream stream, IEnumerable<KeyValuePair<CacheKey, CachedAnswer>> answers, CancellationToken cancel)
    {
        var writer = new SnapshotWriter(stream);
        await writer.BeginAsync(Kind, cancel);
        foreach (var (key, answer) in answers)
        {
            writer.Entry.Key(key);
            writer.Entry.Bytes(AnswerCodec.Encode(answer).Span);
            await writer.NextAsync(cancel);
        }

        await writer.EndAsync(cancel);
    }

    /// <summary>Hands over answer by answer.</summary>
    /// <returns>Why the snapshot is not to be used, what was handed over included; null when it is whole.</returns>
    public static async ValueTask<string?> LoadAsync(Stream stream, Action<CacheKey, CachedAnswer> take, CancellationToken cancel)
    {
        var snapshot = new SnapshotReader(stream);
        if (!await snapshot.BeginAsync(Kind, cancel))
            return snapshot.Refusal;
        while (await snapshot.NextAsync(cancel) is { } block)
        {
            if (!TakeAll(block, take))
                return "an answer is not whole";
        }

        return snapshot.Refusal;
    }

    private static bool TakeAll(byte[] block, Action<CacheKey, CachedAnswer> take)
    {
        var reader = new ByteReader(block);
        while (!reader.Rest.IsEmpty)
        {
            var key = reader.Key();
            if (AnswerCodec.Decode(reader.Bytes()) is not { } answer)
                return false;
            take(key, answer);
        }

        return !reader.IsBroken;
    }
}
