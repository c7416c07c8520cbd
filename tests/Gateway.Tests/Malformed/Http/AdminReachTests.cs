using Gateway.Tests.Malformed.Wire;
using Gateway.Tests.Running;

namespace Gateway.Tests.Malformed.Http;

/// <summary>Nothing a caller says makes its connection an administrator's.</summary>
public sealed class AdminReachTests(AdminReachTests.Site site) : IClassFixture<AdminReachTests.Site>
{
    [Theory]
    [InlineData("/livez")]
    [InlineData("/readyz")]
    [InlineData("/metrics")]
    public async Task The_admin_port_serves_its_pages_and_the_callers_port_does_not(string path)
    {
        Assert.Equal(200, (await RawConnection.AskAsync(site.Gateway.Admin, RawRequest.Head("GET", path, []))).Status);
        foreach (var host in (string[])["gateway", "localhost:9090", "x:9090", "admin", site.Gateway.Admin.Authority, $"localhost:{site.Gateway.Admin.Port}"])
        {
            foreach (var target in (string[])[path, $"{path}/", path.ToUpperInvariant(), $"/x/..{path}", $"http://{host}{path}", $"{path}?x=1"])
            {
                string[] headers = [$"Host: {host}", $"X-Forwarded-Host: {host}", $"X-Forwarded-Port: {site.Gateway.Admin.Port}", "X-Original-URL: /metrics", $"Forwarded: host={host}"];
                var reply = await RawConnection.AskAsync(site.Gateway.Address, RawRequest.Head("GET", target, headers));
                Assert.Equal((404, "unknown_url"), (reply.Status, reply.ErrorCode()));
            }
        }
    }

    [Theory]
    [InlineData(RawRequest.Chat)]
    [InlineData("/v1/completions")]
    [InlineData("/v1/models")]
    public async Task The_admin_port_serves_no_caller(string path) =>
        Assert.Equal(404, (await RawConnection.AskAsync(site.Gateway.Admin, RawRequest.Post(path, Ask.Chat()))).Status);

    public sealed class Site : IAsyncLifetime
    {
        internal GatewayApplication Gateway { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Gateway = await GatewayApplication.StartAsync(slm: 1);
            using var first = await Gateway.ChatAsync(Ask.Chat());
            for (var status = 0; status != 200;)
                status = (await RawConnection.AskAsync(Gateway.Admin, RawRequest.Head("GET", "/readyz", []))).Status;
        }

        public ValueTask DisposeAsync() => Gateway.DisposeAsync();
    }
}
