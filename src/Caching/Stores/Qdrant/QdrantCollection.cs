using System.Net;

namespace Gateway.Caching.Stores.Qdrant;

/// <summary>Sees to it that a collection is there and of the right shape: made once, in the background of whoever asks first.</summary>
/// <remarks>
/// Vectors are compared by cosine and kept in memory as eight bits a number, the originals beside them to score again what is near. Owners are
/// tenants: Qdrant keeps together what belongs to one. An index on each field that a filter names.
/// </remarks>
internal sealed class QdrantCollection(QdrantClient client, string name, int dimensions)
{
    private const string Cosine = "Cosine";

    /// <summary>The quantile that Qdrant's guide advises: the one number in a hundred that is outermost is cut off.</summary>
    private const float Quantile = 0.99f;

    private static readonly QdrantBodies.FieldIndex[] Fields =
    [
        new("owner", new("keyword", IsTenant: true)),
        new("scope", new("keyword")),
        new("model", new("keyword")),
        new("tags", new("keyword")),
        new("stored", new("integer", Lookup: false, Range: true)),
        new("expires", new("integer", Lookup: false, Range: true)),
    ];

    private readonly Lock _gate = new();
    private Task? _making;

    public string Path => $"collections/{name}";

    /// <summary>Waits until it is there.</summary>
    /// <exception cref="InvalidOperationException">There is one of another shape.</exception>
    public Task ReadyAsync(CancellationToken cancel)
    {
        lock (_gate)
        {
            // Whoever gives up does not take the others' work with it: a look's budget is shorter than making a collection takes.
            if (_making is null || _making.IsFaulted || _making.IsCanceled)
                _making = MakeAsync();
            return _making.IsCompletedSuccessfully ? _making : _making.WaitAsync(cancel);
        }
    }

    /// <summary>Says that it is gone, so that it is made again.</summary>
    public void Lost()
    {
        lock (_gate)
            _making = null;
    }

    private async Task MakeAsync()
    {
        if (!await IsThereAsync())
        {
            var shape = new QdrantBodies.Created(new(dimensions, Cosine), new(new("int8", Quantile, AlwaysRam: true)));
            try
            {
                await client.SendAsync(HttpMethod.Put, Path, shape, QdrantJson.Default.Created, CancellationToken.None);
            }
            catch (HttpRequestException e) when (e.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.BadRequest)
            {
                // Another gateway was faster.
                if (!await IsThereAsync())
                    throw;
            }
        }

        foreach (var field in Fields)
            await client.SendAsync(HttpMethod.Put, $"{Path}/index?wait=true", field, QdrantJson.Default.FieldIndex, CancellationToken.None);
    }

    private async Task<bool> IsThereAsync()
    {
        if (await client.GetAsync(Path, QdrantJson.Default.AnswerCollection, CancellationToken.None) is not { } answer)
            return false;
        if (answer.Result.Config.Params.Vectors is var (size, distance) && (size, distance) != (dimensions, Cosine))
            throw new InvalidOperationException($"the collection {name} has {size} numbers compared by {distance}, not {dimensions} by {Cosine}");
        return true;
    }
}
