using Gateway.Caching.Stores.Coding;

namespace Gateway.Caching.Stores.Snapshots;

/// <summary>Answers under their exact keys in a stream.</summary>
internal static class AnswerSnapshot
{
    private const string Kind = "answers";

    public static async ValueTask SaveAsync(Stream stream, IReadOnlyList<KeyValuePair<CacheKey, CachedAnswer>> answers, CancellationToken cancel)
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

    /// <summary>Hands over block by block what is whole.</summary>
    /// <returns>Why the rest is not to be used; null when all of it was read.</returns>
    public static async ValueTask<string?> LoadAsync(Stream stream, Action<CacheKey, CachedAnswer> take, CancellationToken cancel)
    {
        var snapshot = new SnapshotReader(stream);
        if (!await snapshot.BeginAsync(Kind, cancel))
            return snapshot.Refusal;
        while (await snapshot.NextAsync(cancel) is { } block)
        {
            if (!TakeAll(block, take))
                return "an entry is not whole";
        }

        return snapshot.Refusal;
    }

    private static bool TakeAll(byte[] block, Action<CacheKey, CachedAnswer> take)
    {
        var reader = new ByteReader(block);
        while (!reader.Rest.IsEmpty)
        {
            var key = reader.Key();
            var answer = AnswerCodec.Decode(reader.Bytes());
            if (reader.IsBroken)
                return false;
            // One of another version is as if it was not there.
            if (answer is not null)
                take(key, answer);
        }

        return !reader.IsBroken;
    }
}
