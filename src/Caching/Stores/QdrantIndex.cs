using System.Net;
using Gateway.Caching.Stores.Qdrant;

namespace Gateway.Caching.Stores;

/// <summary>Vectors in a Qdrant server, reached over its REST API: one collection for each space of vectors, shared by all gateways.</summary>
/// <remarks>
/// Searches leave out what is expired, and a removal by <see cref="EntryFilter.ExpiredAt"/>, to be made now and then, takes it out. To be
/// asked through a <see cref="GuardedVectorIndex"/>: faults are exceptions.
/// </remarks>
public sealed class QdrantIndex : IVectorIndex
{
    private readonly QdrantClient _client;
    private readonly QdrantCollection _collection;
    private readonly VectorSpace _space;
    private readonly TimeProvider _time;

    /// <param name="http">What sends requests; whoever made it disposes of it.</param>
    /// <param name="settings">Where to.</param>
    /// <param name="space">What its vectors are.</param>
    /// <param name="time">The clock that entries expire by.</param>
    public QdrantIndex(HttpMessageInvoker http, QdrantSettings settings, VectorSpace space, TimeProvider time)
    {
        (_space, _time) = (space, time);
        _client = new QdrantClient(http, settings);
        _collection = new QdrantCollection(_client, $"{settings.Prefix}-{space.Name}", space.Dimensions);
    }

    /// <summary>Makes the collection, unless it is there: the first call that is not this one waits for it.</summary>
    public Task PrepareAsync(CancellationToken cancel) => _collection.ReadyAsync(cancel);

    public async ValueTask<IReadOnlyList<Neighbour>> SearchAsync(
        CacheKey scope, ReadOnlyMemory<float> vector, int most, float atLeast, CancellationToken cancel)
    {
        _space.Check(vector);
        QdrantBodies.Condition[] must =
            [new("scope", new QdrantBodies.Match(scope.ToString())), new("expires", Range: new(Gt: _time.GetUtcNow().ToUnixTimeMilliseconds()))];
        var query = new QdrantBodies.Query(vector, new(must), new(new(Rescore: true)), most, atLeast, ["key", "content"]);
        var answer = await AskAsync(() => _client.PostAsync(
            $"{_collection.Path}/points/query", query, QdrantJson.Default.Query, QdrantJson.Default.AnswerFound, cancel), cancel);
        var found = new List<Neighbour>(answer.Result.Points.Length);
        foreach (var (score, payload) in answer.Result.Points)
        {
            // A point is named after half of its key: what is not whole in its payload is none of ours.
            if (CacheKey.TryParse(payload?.Key, out var id))
                found.Add(new Neighbour(id, score, payload!.Content));
        }

        return found;
    }

    public async ValueTask AddAsync(IndexEntry entry, CancellationToken cancel)
    {
        _space.Check(entry.Vector);
        var facts = entry.Facts;
        var payload = new QdrantBodies.Payload(
            entry.Id.ToString(), entry.Scope.ToString(), facts.Owner, facts.Model, [.. facts.Tags],
            facts.StoredAt.ToUnixTimeMilliseconds(), facts.ExpiresAt.ToUnixTimeMilliseconds(), entry.Payload.ToArray());
        var upsert = new QdrantBodies.Upsert([new(PointOf(entry.Id), entry.Vector, payload)]);
        await AskAsync(
            async () =>
            {
                await _client.SendAsync(HttpMethod.Put, $"{_collection.Path}/points?wait=true", upsert, QdrantJson.Default.Upsert, cancel);
                return true;
            },
            cancel);
    }

    /// <inheritdoc />
    /// <returns>How many there were when the removal began.</returns>
    public async ValueTask<long> RemoveAsync(EntryFilter filter, CancellationToken cancel)
    {
        var meant = new QdrantBodies.Filter([.. ConditionsOf(filter)]);
        var count = await CountAsync(meant, cancel);
        if (count > 0)
        {
            await _client.SendAsync(
                HttpMethod.Post, $"{_collection.Path}/points/delete?wait=true", new(meant), QdrantJson.Default.Filtered, cancel);
        }

        return count;
    }

    public async ValueTask<long> CountAsync(CancellationToken cancel) =>
        await CountAsync(new([new("expires", Range: new(Gt: _time.GetUtcNow().ToUnixTimeMilliseconds()))]), cancel);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<long> CountAsync(QdrantBodies.Filter filter, CancellationToken cancel)
    {
        var answer = await AskAsync(() => _client.PostAsync(
            $"{_collection.Path}/points/count", new(filter, Exact: true), QdrantJson.Default.Filtered, QdrantJson.Default.AnswerCounted, cancel), cancel);
        return answer.Result.Count;
    }

    private async Task<T> AskAsync<T>(Func<Task<T>> ask, CancellationToken cancel)
    {
        await _collection.ReadyAsync(cancel);
        try
        {
            return await ask();
        }
        catch (HttpRequestException e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            _collection.Lost();
            throw;
        }
    }

    private static IEnumerable<QdrantBodies.Condition> ConditionsOf(EntryFilter filter)
    {
        if (filter.Id is { } id)
        {
            yield return new(HasId: [PointOf(id)]);
            // A point is named after half of its key: the other half has to be right too.
            yield return new("key", new QdrantBodies.Match(id.ToString()));
        }

        if (filter.Owner is { } owner)
            yield return new("owner", new QdrantBodies.Match(owner));
        if (filter.Model is { } model)
            yield return new("model", new QdrantBodies.Match(model));
        if (filter.Tag is { } tag)
            yield return new("tags", new QdrantBodies.Match(tag));
        if (filter.StoredBefore is { } before)
            yield return new("stored", Range: new(Lt: before.ToUnixTimeMilliseconds()));
        if (filter.ExpiredAt is { } moment)
            yield return new("expires", Range: new(Lte: moment.ToUnixTimeMilliseconds()));
    }

    /// <summary>A point's name: the first half of its key.</summary>
    private static Guid PointOf(CacheKey key)
    {
        Span<byte> digest = stackalloc byte[CacheKey.Size];
        key.CopyTo(digest);
        return new Guid(digest[..16], bigEndian: true);
    }
}
