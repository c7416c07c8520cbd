using System.Net;
using Gateway.Configuration;
using Gateway.Tests.Running;

namespace Gateway.Tests.Upstream;

/// <summary>Pools of providers: over TLS, at any path, with a key.</summary>
public sealed class HybridTests : IDisposable
{
    private const string Chat = """{"model":"outside","messages":[{"role":"user","content":"hi"}]}""";
    private readonly Certificates _certificates = new();

    public void Dispose() => _certificates.Dispose();

    [Theory]
    [InlineData("", "/v1/chat/completions", "/v1/embeddings")]
    [InlineData("v1", "/v1/chat/completions", "/v1/embeddings")]
    [InlineData("api/v1/", "/api/v1/chat/completions", "/api/v1/embeddings")]
    [InlineData("api/paas/v4", "/api/paas/v4/chat/completions", "/api/paas/v4/embeddings")]
    [InlineData("openai", "/openai/v1/chat/completions", "/openai/v1/embeddings")]
    public async Task A_provider_is_asked_at_its_own_path_with_its_own_key(string path, string chat, string embeddings)
    {
        using var certificate = _certificates.Sign("127.0.0.1");
        await using var provider = await TlsProvider.StartAsync(certificate);
        await using var gateway = await StartAsync(new Uri(provider.Address, path), new TlsOptions { Ca = _certificates.Authority });
        using var answer = await gateway.ChatAsync(Chat, ("Authorization", "Bearer sk-caller"));
        Assert.Contains("from the provider", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using var passed = await gateway.PostAsync("v1/embeddings", """{"model":"outside","input":"x"}""");
        Assert.Equal(HttpStatusCode.OK, passed.StatusCode);
        Assert.Equal([(chat, "Bearer sk-provider", null), (embeddings, "Bearer sk-provider", null)], provider.Asked);
    }

    [Fact]
    public async Task A_certificate_of_an_unknown_authority_is_not_trusted()
    {
        using var certificate = _certificates.Sign("127.0.0.1");
        await using var provider = await TlsProvider.StartAsync(certificate);
        await using var gateway = await StartAsync(provider.Address, new TlsOptions());
        using var answer = await gateway.ChatAsync(Chat);
        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.Empty(provider.Asked);
    }

    [Fact]
    public async Task A_certificate_must_bear_the_name_that_is_told()
    {
        using var certificate = _certificates.Sign("api.internal");
        await using var provider = await TlsProvider.StartAsync(certificate);
        await using var trusting = await StartAsync(provider.Address, new TlsOptions { Ca = _certificates.Authority, ServerName = "api.internal" });
        using var good = await trusting.ChatAsync(Chat);
        Assert.Equal(HttpStatusCode.OK, good.StatusCode);
        await using var strict = await StartAsync(provider.Address, new TlsOptions { Ca = _certificates.Authority });
        using var bad = await strict.ChatAsync(Chat);
        Assert.Equal(HttpStatusCode.BadGateway, bad.StatusCode);
    }

    [Fact]
    public async Task The_gateway_shows_its_own_certificate_where_it_is_asked_for()
    {
        using var certificate = _certificates.Sign("127.0.0.1");
        await using var provider = await TlsProvider.StartAsync(certificate, asksForOne: true);
        var tls = new TlsOptions { Ca = _certificates.Authority, Certificate = _certificates.SignFile("gateway") };
        await using var gateway = await StartAsync(provider.Address, tls);
        using var answer = await gateway.ChatAsync(Chat);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("CN=gateway", Assert.Single(provider.Asked).Caller);
        await using var bare = await StartAsync(provider.Address, tls with { Certificate = null });
        using var refused = await bare.ChatAsync(Chat);
        Assert.Equal(HttpStatusCode.BadGateway, refused.StatusCode);
    }

    [Fact]
    public void New_bytes_in_a_certificate_file_are_a_new_stamp_and_the_file_is_watched()
    {
        var tls = new TlsOptions { Ca = _certificates.Authority };
        var before = TlsFiles.Stamp(tls);
        Assert.Equal(before, TlsFiles.Stamp(new TlsOptions { Ca = _certificates.Authority }));
        File.AppendAllText(_certificates.Authority, "\n");
        Assert.NotEqual(before, TlsFiles.Stamp(tls));
        var load = Configuration.Sample.Parse($"pools: {{ p: {{ model: m, replicas: [https://h], tls: {{ ca: {_certificates.Authority} }} }} }}");
        Assert.Equal([_certificates.Authority], load.NamedFiles);
    }

    private static Task<GatewayApplication> StartAsync(Uri address, TlsOptions tls) => GatewayApplication.StartAsync(options: options => options with
    {
        Pools = new Dictionary<string, PoolOptions>(options.Pools)
        {
            ["outside"] = new() { Model = "m", Replicas = [address], ApiKey = "sk-provider", Tls = tls },
        },
        Models = new Dictionary<string, ModelOptions>(options.Models) { ["outside"] = new() { Pool = "outside" } },
    });
}
