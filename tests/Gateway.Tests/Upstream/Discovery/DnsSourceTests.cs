using System.Net;
using Gateway.Configuration;
using Gateway.Upstream.Discovery.Dns;

namespace Gateway.Tests.Upstream.Discovery;

public sealed class DnsSourceTests : IAsyncDisposable
{
    private const string Name = "vllm.ai.svc";

    private readonly FakeDnsServer _server = new();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task The_addresses_of_a_name_are_asked_for_again_when_they_expire()
    {
        _server.Addresses(Name, 2, "10.0.0.1", "10.0.0.2");
        await using var found = Follow();
        await found.UntilAsync("10.0.0.1:8000 10.0.0.2:8000");
        _server.Addresses(Name, 300, "10.0.0.2", "10.0.0.3");
        await Task.Delay(1000);
        Assert.Single(found.All);
        await found.UntilAsync("10.0.0.2:8000 10.0.0.3:8000");
        // These hold for five minutes.
        await Task.Delay(1500);
        Assert.Equal(2, _server.Questions.Count);
        Assert.All(_server.Questions, question => Assert.Equal($"{Name} 1", question));
    }

    [Fact]
    public async Task IPv6_addresses_count_where_there_are_no_others()
    {
        _server.Addresses(Name, 300, "fd00::1");
        await using var found = Follow();
        await found.UntilAsync("[fd00::1]:8000");
        Assert.Equal([$"{Name} 1", $"{Name} 28"], _server.Questions);
    }

    [Fact]
    public async Task A_name_that_is_gone_and_a_server_that_is_silent_change_nothing()
    {
        _server.Addresses(Name, 1, "10.0.0.1");
        await using var found = Follow();
        await found.UntilAsync("10.0.0.1:8000");
        _server.Forget(Name);
        await found.UntilAsync(() => found.Failures.Count == 1);
        Assert.Contains("has no A or AAAA records", found.Failures[0], StringComparison.Ordinal);
        Assert.All(found.All, one => Assert.Equal("10.0.0.1:8000", one));
        _server.IsSilent = true;
        await found.UntilAsync(() => found.Failures.Count == 2);
        Assert.All(found.All, one => Assert.Equal("10.0.0.1:8000", one));
        _server.IsSilent = false;
        _server.Addresses(Name, 1, "10.0.0.7");
        await found.UntilAsync("10.0.0.7:8000");
    }

    [Fact]
    public async Task Service_records_name_hosts_and_ports_and_the_best_priority_counts()
    {
        const string Service = "_http._tcp.vllm.ai.svc";
        _server.Services(Service, 300, (10, 8001, "one.ai.svc"), (10, 8002, "two.ai.svc"), (20, 8003, "three.ai.svc"));
        _server.Addresses("one.ai.svc", 1, "10.0.0.1");
        _server.Addresses("three.ai.svc", 300, "10.0.0.3");
        await using var found = FoundLog.Of(Source(new DiscoverOptions { Dns = Service, Srv = true }));
        await found.UntilAsync("10.0.0.1:8001");
        // A host's address expires before the service's record does.
        _server.Addresses("two.ai.svc", 300, "10.0.0.2");
        await found.UntilAsync("10.0.0.1:8001 10.0.0.2:8002");
    }

    [Theory]
    [InlineData("vllm", "vllm.ai.svc.cluster.local. vllm.svc.cluster.local. vllm.")]
    [InlineData("vllm.ai.svc", "vllm.ai.svc.ai.svc.cluster.local. vllm.ai.svc.svc.cluster.local. vllm.ai.svc.")]
    [InlineData("a.b.c.d.e.f", "a.b.c.d.e.f. a.b.c.d.e.f.ai.svc.cluster.local. a.b.c.d.e.f.svc.cluster.local.")]
    [InlineData("vllm.example.com.", "vllm.example.com.")]
    public void Short_names_are_looked_for_where_resolv_conf_says(string name, string expected)
    {
        var list = SearchList.Read("# comment\nnameserver 10.96.0.10\nsearch ai.svc.cluster.local svc.cluster.local\noptions ndots:5 edns0\n");
        Assert.Equal(expected, string.Join(' ', list.Expand(name)));
        Assert.Equal(name.TrimEnd('.') + ".", SearchList.Read("nameserver 1.1.1.1\n").Expand(name)[0]);
    }

    private FoundLog Follow() => FoundLog.Of(Source(new DiscoverOptions { Dns = Name, Port = 8000 }));

    private DnsSource Source(DiscoverOptions options) =>
        new(options, new DnsResolver(IPEndPoint.Parse(_server.Address)), TimeProvider.System, new Random(1));
}
