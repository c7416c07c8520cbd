using System.Net;
using Gateway.Configuration;
using Gateway.Upstream.Discovery.Kubernetes;
using k8s.Models;

namespace Gateway.Tests.Upstream.Discovery;

/// <summary>The official client against an API server that lists, watches, forgets and breaks.</summary>
public sealed class KubernetesSourceTests : IAsyncLifetime
{
    private FakeApiServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await FakeApiServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Serving_and_terminating_decide()
    {
        _server.Put(
            "a",
            Endpoint("10.0.0.1", ready: true, serving: true, terminating: false),
            Endpoint("10.0.0.2", ready: false, serving: true, terminating: true),
            Endpoint("10.0.0.3", ready: false, serving: false, terminating: true),
            // A service that publishes what is not ready says ready of everyone.
            Endpoint("10.0.0.4", ready: true, serving: false, terminating: false),
            Endpoint("10.0.0.5", ready: true),
            Endpoint("10.0.0.6", ready: false),
            Endpoint("10.0.0.7"));
        await using var found = Follow();
        await found.UntilAsync("-10.0.0.2:8000 -10.0.0.3:8000 10.0.0.1:8000 10.0.0.5:8000 10.0.0.7:8000");
        var list = _server.Calls.First();
        Assert.Equal("/apis/discovery.k8s.io/v1/namespaces/ai/endpointslices", list.Path);
        Assert.Equal("kubernetes.io/service-name=vllm", list.Selector);
    }

    [Fact]
    public async Task What_is_added_changed_and_deleted_is_followed()
    {
        _server.Put("a", Serving("10.0.0.1"));
        await using var found = Follow();
        await found.UntilAsync("10.0.0.1:8000");
        _server.Put("b", Serving("10.0.0.2"));
        await found.UntilAsync("10.0.0.1:8000 10.0.0.2:8000");
        _server.Put("b", Endpoint("10.0.0.2", ready: false, serving: true, terminating: true));
        await found.UntilAsync("-10.0.0.2:8000 10.0.0.1:8000");
        _server.Delete("a");
        await found.UntilAsync("-10.0.0.2:8000");
        _server.Put("b");
        await found.UntilAsync("");
        Assert.Single(_server.Calls, call => !call.IsWatch);
        Assert.Empty(found.Failures);
    }

    [Fact]
    public async Task Of_two_families_and_two_slices_a_pod_counts_once()
    {
        _server.Put("a", Serving("10.0.0.1"), Endpoint("10.0.0.2", terminating: true));
        _server.Put("b", Serving("10.0.0.2"));
        _server.Put("c", "IPv6", [Serving("fd00::1")]);
        await using var found = Follow();
        await found.UntilAsync("10.0.0.1:8000 10.0.0.2:8000");
        _server.Delete("a");
        _server.Delete("b");
        await found.UntilAsync("[fd00::1]:8000");
    }

    [Fact]
    public async Task A_watch_that_ends_goes_on_from_the_last_bookmark()
    {
        _server.Put("a", Serving("10.0.0.1"));
        await using var found = Follow();
        await _server.WatchedAsync();
        var listed = _server.Version;
        _server.Bookmark();
        // What comes after the bookmark proves that it was read.
        await Task.Delay(100);
        _server.EndWatches();
        await _server.WatchedAsync(2);
        Assert.True(_server.Version > listed);
        Assert.Equal([$"{listed}", $"{_server.Version}"], _server.Calls.Where(call => call.IsWatch).Select(call => call.Version));
        Assert.All(_server.Calls.Where(call => call.IsWatch), call => Assert.True(call.Bookmarks));
        Assert.Single(_server.Calls, call => !call.IsWatch);
        Assert.Empty(found.Failures);
    }

    [Fact]
    public async Task A_watch_that_breaks_misses_nothing()
    {
        _server.Put("a", Serving("10.0.0.1"));
        await using var found = Follow();
        await _server.WatchedAsync();
        _server.Put("b", Serving("10.0.0.2"));
        await found.UntilAsync("10.0.0.1:8000 10.0.0.2:8000");
        _server.BreakWatches();
        _server.Put("c", Serving("10.0.0.3"));
        await found.UntilAsync("10.0.0.1:8000 10.0.0.2:8000 10.0.0.3:8000");
        Assert.Single(_server.Calls, call => !call.IsWatch);
        Assert.NotEmpty(found.Failures);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_version_that_is_gone_is_answered_by_a_new_list(bool asStatus)
    {
        _server.GoneAsStatus = asStatus;
        _server.Put("a", Serving("10.0.0.1"));
        _server.Put("b", Serving("10.0.0.2"));
        await using var found = Follow();
        await _server.WatchedAsync();
        _server.EndWatches();
        _server.Refusal = HttpStatusCode.ServiceUnavailable;
        await _server.WatchedAsync(2);
        _server.Delete("a");
        _server.Compact();
        _server.Refusal = null;
        await found.UntilAsync("10.0.0.2:8000");
        Assert.Equal(2, _server.Calls.Count(call => !call.IsWatch));
        await _server.WatchedAsync(_server.Calls.Count(call => call.IsWatch));
        Assert.DoesNotContain("", found.All);
    }

    [Fact]
    public async Task Whatever_breaks_the_last_word_is_known_in_the_end()
    {
        var chance = new Random(20);
        await using var found = Follow();
        var truth = new SortedDictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < 120; i++)
        {
            var (name, address) = ($"s{chance.Next(4)}", $"10.0.0.{chance.Next(10, 99)}");
            switch (chance.Next(12))
            {
                case 0:
                    _server.BreakWatches();
                    break;
                case 1:
                    _server.EndWatches();
                    break;
                case 2:
                    _server.GoneAsStatus = !_server.GoneAsStatus;
                    _server.Compact();
                    _server.EndWatches();
                    break;
                case 3:
                    _server.Bookmark();
                    break;
                case < 6 when truth.Remove(name):
                    _server.Delete(name);
                    break;
                default:
                    truth[name] = address;
                    _server.Put(name, Serving(address));
                    break;
            }

            await Task.Delay(chance.Next(40));
        }

        await found.UntilAsync(string.Join(' ', truth.Values.Distinct().Select(address => $"{address}:8000").Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task While_the_server_is_away_what_is_known_stays()
    {
        _server.Put("a", Serving("10.0.0.1"));
        await using var found = Follow();
        await _server.WatchedAsync();
        await _server.StopAsync();
        await found.UntilAsync(() => found.Failures.Count >= 2);
        Assert.Equal(["10.0.0.1:8000"], found.All);
        await _server.ListenAsync();
        _server.Put("a", Serving("10.0.0.9"));
        await found.UntilAsync("10.0.0.9:8000");
    }

    [Fact]
    public async Task What_forbids_the_list_is_reported_and_tried_again()
    {
        _server.Refusal = HttpStatusCode.Forbidden;
        _server.Put("a", Serving("10.0.0.1"));
        await using var found = Follow();
        await found.UntilAsync(() => found.Failures.Count > 0);
        Assert.Contains("Forbidden", found.Failures[0], StringComparison.Ordinal);
        _server.Refusal = null;
        await found.UntilAsync("10.0.0.1:8000");
    }

    [Fact]
    public async Task A_kubeconfig_that_is_missing_is_reported_and_tried_again()
    {
        var missing = _server.Kubeconfig + ".missing";
        await using var found = FoundLog.Of(new KubernetesSource(Options with { Kubeconfig = missing }, TimeProvider.System, new Random(1)));
        await found.UntilAsync(() => found.Failures.Count > 0);
        File.Copy(_server.Kubeconfig, missing);
        _server.Put("a", Serving("10.0.0.1"));
        await found.UntilAsync("10.0.0.1:8000");
        File.Delete(missing);
    }

    private KubernetesOptions Options => new() { Service = "vllm", Namespace = "ai", Port = 8000, Kubeconfig = _server.Kubeconfig };

    private FoundLog Follow() => FoundLog.Of(new KubernetesSource(Options, TimeProvider.System, new Random(1)));

    private static V1Endpoint Serving(string address) => Endpoint(address, ready: true, serving: true, terminating: false);

    private static V1Endpoint Endpoint(string address, bool? ready = null, bool? serving = null, bool? terminating = null) => new()
    {
        Addresses = [address],
        Conditions = new V1EndpointConditions { Ready = ready, Serving = serving, Terminating = terminating },
    };
}
