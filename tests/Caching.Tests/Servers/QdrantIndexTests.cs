using System.Net;
using Gateway.Caching.Stores;
using Gateway.Caching.Tests.Stores;

namespace Gateway.Caching.Tests.Servers;

/// <summary>Vectors in a real Qdrant.</summary>
public sealed class QdrantIndexTests(RealServers servers) : VectorIndexContract, IDisposable
{
    private static readonly VectorSpace Space = new("test/1", Dimensions);

    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler { UseProxy = false });

    protected override DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    protected override TimeSpan ShortLife => TimeSpan.FromSeconds(3);

    protected override async ValueTask<IVectorIndex> OpenAsync() =>
        new QdrantIndex(_http, (await servers.QdrantAsync()).Settings(), Space, TimeProvider.System);

    protected override Task PassAsync(TimeSpan time) => Task.Delay(time, Cancel);

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task Two_gateways_that_start_at_once_share_one_collection()
    {
        var settings = (await servers.QdrantAsync()).Settings();
        var gateways = Enumerable.Range(0, 4).Select(_ => new QdrantIndex(_http, settings, Space, TimeProvider.System)).ToArray();
        await Task.WhenAll(gateways.Select(one => one.PrepareAsync(Cancel)));
        var vector = Samples.UnitVector(new Random(1), Dimensions);
        await gateways[0].AddAsync(Entry(1, vector), Cancel);
        Assert.Single(await gateways[3].SearchAsync(Scope, vector, 10, 0.9f, Cancel));
        Assert.Equal(1, await gateways[2].RemoveAsync(new EntryFilter(), Cancel));
        Assert.Empty(await gateways[1].SearchAsync(Scope, vector, 10, 0.9f, Cancel));
    }

    [Fact]
    public async Task A_collection_of_another_shape_is_refused()
    {
        var settings = (await servers.QdrantAsync()).Settings();
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(settings.Address, $"collections/{settings.Prefix}-{Space.Name}"))
        {
            Content = new StringContent("""{"vectors":{"size":7,"distance":"Dot"}}""", System.Text.Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("api-key", settings.ApiKey);
        using var made = await _http.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.OK, made.StatusCode);
        var index = new QdrantIndex(_http, settings, Space, TimeProvider.System);
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await index.SearchAsync(Scope, Samples.UnitVector(new Random(1), Dimensions), 1, 0, Cancel));
        Assert.Contains("has 7 numbers compared by Dot, not 48 by Cosine", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_key_is_a_fault_and_not_an_empty_answer()
    {
        var settings = (await servers.QdrantAsync()).Settings() with { ApiKey = "another" };
        var index = new QdrantIndex(_http, settings, Space, TimeProvider.System);
        var refusal = await Assert.ThrowsAsync<HttpRequestException>(async () => await index.CountAsync(Cancel));
        Assert.Equal(HttpStatusCode.Unauthorized, refusal.StatusCode);
    }

    [Fact]
    public async Task A_collection_that_is_gone_is_made_again()
    {
        var settings = (await servers.QdrantAsync()).Settings();
        var index = new QdrantIndex(_http, settings, Space, TimeProvider.System);
        var vector = Samples.UnitVector(new Random(1), Dimensions);
        await index.AddAsync(Entry(1, vector), Cancel);
        using var request = new HttpRequestMessage(HttpMethod.Delete, new Uri(settings.Address, $"collections/{settings.Prefix}-{Space.Name}"));
        request.Headers.Add("api-key", settings.ApiKey);
        using var gone = await _http.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.OK, gone.StatusCode);
        await Assert.ThrowsAsync<HttpRequestException>(async () => await index.SearchAsync(Scope, vector, 1, 0, Cancel));
        Assert.Empty(await index.SearchAsync(Scope, vector, 1, 0, Cancel));
        await index.AddAsync(Entry(1, vector), Cancel);
        Assert.Single(await index.SearchAsync(Scope, vector, 1, 0.9f, Cancel));
    }
}
