using System.Net;
using System.Text.Json;
using Gateway.Configuration;
using Gateway.Tests.Running;

namespace Gateway.Tests.Cache.Admin;

/// <summary>What an operator sees of the cache and can do to it.</summary>
public sealed class CacheAdminTests : IAsyncLifetime
{
    private GatewayApplication _gateway = null!;
    private HttpClient _admin = null!;

    public async ValueTask InitializeAsync()
    {
        _gateway = await CachedGateway.StartAsync(cache => cache with { Budget = TimeSpan.FromSeconds(20), Semantic = new SemanticOptions() });
        _admin = new HttpClient { BaseAddress = _gateway.Admin };
    }

    public async ValueTask DisposeAsync()
    {
        _admin.Dispose();
        await _gateway.DisposeAsync();
    }

    [Fact]
    public async Task Lists_sizes_and_bars()
    {
        await _gateway.AfterAsync(Ask.Chat(), Ask.Chat(ask: "Why is the sky blue in the morning?"));
        using var listing = JsonDocument.Parse(await _admin.GetStringAsync("admin/cache"));
        var root = listing.RootElement;
        Assert.Equal("tenant", root.GetProperty("scope").GetString());
        Assert.True(root.GetProperty("memory").GetProperty("entries").GetInt64() >= 2);
        Assert.True(root.GetProperty("semantic").GetProperty("entries").GetInt64() >= 1);
        Assert.Equal(JsonValueKind.Array, root.GetProperty("semantic").GetProperty("classes").ValueKind);
    }

    [Fact]
    public async Task Removes_what_is_named()
    {
        await _gateway.OutcomeAsync(Ask.Chat(model: "small"), ("x-gateway-cache-tags", "faq"));
        Assert.Equal("hit exact", await _gateway.AfterAsync(Ask.Chat(), Ask.Chat()));
        Assert.Equal("hit exact", await _gateway.OutcomeAsync(Ask.Chat(model: "small")));
        Assert.Equal("removed 0\n", await RemoveAsync("owner=nobody"));
        Assert.Equal("removed 0\n", await RemoveAsync("older_than=1h"));
        Assert.Equal("removed 1\n", await RemoveAsync("model=small"));
        Assert.Equal("hit exact", await _gateway.OutcomeAsync(Ask.Chat()));
        Assert.StartsWith("miss", await _gateway.OutcomeAsync(Ask.Chat(model: "small")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_flush_forgets_everything()
    {
        Assert.Equal("hit exact", await _gateway.AfterAsync(Ask.Chat(), Ask.Chat()));
        using var flushed = await _admin.PostAsync("admin/cache/flush", null);
        Assert.Matches("^epoch [1-9][0-9]*\n$", await flushed.Content.ReadAsStringAsync());
        Assert.Equal("miss", await _gateway.OutcomeAsync(Ask.Chat()));
    }

    [Theory]
    [InlineData("", "nothing is given")]
    [InlineData("?team=a", "'team' is not known here")]
    [InlineData("?id=12", "'12' is no id")]
    [InlineData("?older_than=2", "'2' is no older_than")]
    [InlineData("?older_than=-2h", "'-2h' is no older_than")]
    [InlineData("?older_than=9999999d", "is no older_than")]
    [InlineData("?model=", "model needs one value")]
    [InlineData("?model=a&model=b", "model needs one value")]
    public async Task Removes_nothing_that_is_not_clearly_named(string query, string wrong)
    {
        using var response = await _admin.DeleteAsync($"admin/cache{query}");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(wrong, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_methods_are_told_what_goes()
    {
        using var post = await _admin.PostAsync("admin/cache", null);
        using var get = await _admin.GetAsync("admin/cache/flush");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, post.StatusCode);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, get.StatusCode);
        Assert.Equal(["POST"], get.Content.Headers.Allow);
    }

    [Fact]
    public async Task Is_not_on_the_callers_port()
    {
        using var response = await _gateway.Client.PostAsync("admin/cache/flush", null);
        Assert.NotEqual(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(0, _gateway.Live.Current.Cache!.Answers.Epoch);
    }

    [Fact]
    public async Task Says_that_there_is_no_cache()
    {
        await using var gateway = await GatewayApplication.StartAsync(slm: 1);
        using var admin = new HttpClient { BaseAddress = gateway.Admin };
        using var response = await admin.GetAsync("admin/cache");
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    private async Task<string> RemoveAsync(string query)
    {
        using var response = await _admin.DeleteAsync($"admin/cache?{query}");
        return await response.Content.ReadAsStringAsync();
    }
}
