using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using k8s;
using k8s.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Gateway.Tests.Upstream.Discovery;

/// <summary>
/// An API server that knows the EndpointSlices of one namespace: lists and watches, bookmarks, versions that are too old, watches
/// that end or break. A test says what happens; whoever watches is told.
/// </summary>
internal sealed class FakeApiServer : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, V1EndpointSlice> _slices = [];
    private readonly List<(int Version, string Line)> _events = [];
    private readonly string _kubeconfig = Path.Combine(Path.GetTempPath(), $"kubeconfig-{Guid.NewGuid():n}");
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WebApplication? _app;
    private int _port;
    private int _version = 100;
    private int _oldest;
    private int _ended;
    private int _broken;

    /// <summary>Every request, as its query.</summary>
    public ConcurrentQueue<ApiCall> Calls { get; } = new();

    /// <summary>How a watch from a version that is too old is answered: by the status, or by an event as real servers mostly do.</summary>
    public bool GoneAsStatus { get; set; }

    /// <summary>Answers everything with this while it is set.</summary>
    public HttpStatusCode? Refusal { get; set; }

    public int Version
    {
        get
        {
            lock (_gate)
                return _version;
        }
    }

    public string Kubeconfig => _kubeconfig;

    public static async Task<FakeApiServer> StartAsync()
    {
        var server = new FakeApiServer();
        await server.ListenAsync();
        await File.WriteAllTextAsync(server._kubeconfig, $$"""
            apiVersion: v1
            kind: Config
            current-context: fake
            contexts: [{ name: fake, context: { cluster: fake, user: fake } }]
            clusters: [{ name: fake, cluster: { server: "http://127.0.0.1:{{server._port}}" } }]
            users: [{ name: fake, user: { token: secret } }]
            """);
        return server;
    }

    public Task WatchedAsync(int watches = 1) => UntilAsync(() => Calls.Count(call => call.IsWatch) >= watches);

    /// <summary>Adds a slice, or replaces the one of this name.</summary>
    public void Put(string name, params IEnumerable<V1Endpoint> endpoints) => Put(name, "IPv4", endpoints);

    public void Put(string name, string family, IEnumerable<V1Endpoint> endpoints) => Change(() =>
    {
        var kind = _slices.ContainsKey(name) ? "MODIFIED" : "ADDED";
        _slices[name] = new V1EndpointSlice
        {
            ApiVersion = "discovery.k8s.io/v1",
            Kind = "EndpointSlice",
            AddressType = family,
            Metadata = new V1ObjectMeta { Name = name, ResourceVersion = _version.ToString(CultureInfo.InvariantCulture) },
            Endpoints = [.. endpoints],
        };
        return (kind, _slices[name]);
    });

    public void Delete(string name) => Change(() => _slices.Remove(name, out var slice) ? ("DELETED", slice) : throw new KeyNotFoundException(name));

    /// <summary>Tells whoever watches what the version is now, after changes elsewhere.</summary>
    public void Bookmark() => Change(() =>
    {
        _version += 10;
        var metadata = new V1ObjectMeta { ResourceVersion = _version.ToString(CultureInfo.InvariantCulture) };
        return ("BOOKMARK", new V1EndpointSlice { ApiVersion = "discovery.k8s.io/v1", Kind = "EndpointSlice", Metadata = metadata });
    });

    /// <summary>Forgets all versions before this one.</summary>
    public void Compact()
    {
        lock (_gate)
            _oldest = ++_version;
    }

    /// <summary>Ends all watches as a server does whose time is up.</summary>
    public void EndWatches() => Wake(() => _ended++);

    /// <summary>Breaks all watches' connections.</summary>
    public void BreakWatches() => Wake(() => _broken++);

    public async Task StopAsync()
    {
        BreakWatches();
        await _app!.DisposeAsync();
    }

    /// <summary>Listens, after a stop on the same port again.</summary>
    public async Task ListenAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, _port));
        _app = builder.Build();
        _app.Run(HandleAsync);
        await _app.StartAsync();
        _port = new Uri(_app.Urls.First()).Port;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        File.Delete(_kubeconfig);
    }

    private async Task HandleAsync(HttpContext http)
    {
        var query = http.Request.Query;
        var call = new ApiCall(http.Request.Path.Value!, query["watch"] == "true", query["resourceVersion"], query["allowWatchBookmarks"] == "true", query["labelSelector"]);
        // Before the test can see the call: what it says from then on happens to a call that is under way.
        var (refused, ended, broken) = (Refusal, _ended, _broken);
        Calls.Enqueue(call);
        if (refused is { } refusal)
            await WriteStatusAsync(http, (int)refusal);
        else if (call.IsWatch)
            await WatchAsync(http, int.Parse(call.Version!, CultureInfo.InvariantCulture), ended, broken);
        else
            await http.Response.WriteAsync(List());
    }

    private string List()
    {
        lock (_gate)
        {
            return KubernetesJson.Serialize(new V1EndpointSliceList
            {
                ApiVersion = "discovery.k8s.io/v1",
                Kind = "EndpointSliceList",
                Metadata = new V1ListMeta { ResourceVersion = _version.ToString(CultureInfo.InvariantCulture) },
                Items = [.. _slices.Values],
            });
        }
    }

    private async Task WatchAsync(HttpContext http, int from, int ended, int broken)
    {
        if (from < _oldest && GoneAsStatus)
        {
            await WriteStatusAsync(http, StatusCodes.Status410Gone);
            return;
        }

        http.Response.ContentType = "application/json";
        if (from < _oldest)
        {
            await http.Response.WriteAsync("""{"type":"ERROR","object":{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"too old resource version","reason":"Expired","code":410}}""" + "\n");
            return;
        }

        await http.Response.StartAsync();
        await http.Response.Body.FlushAsync();
        while (_ended == ended)
        {
            if (_broken != broken)
            {
                http.Abort();
                return;
            }

            var changed = _changed.Task;
            foreach (var (version, line) in NewsSince(from))
            {
                await http.Response.WriteAsync(line + "\n");
                await http.Response.Body.FlushAsync();
                from = version;
            }

            await changed.WaitAsync(http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (http.RequestAborted.IsCancellationRequested)
                return;
        }
    }

    private List<(int Version, string Line)> NewsSince(int version)
    {
        lock (_gate)
            return [.. _events.Where(one => one.Version > version)];
    }

    private static Task WriteStatusAsync(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync($$"""{"kind":"Status","apiVersion":"v1","status":"Failure","code":{{status}}}""");
    }

    private void Change(Func<(string Kind, V1EndpointSlice Slice)> change) => Wake(() =>
    {
        _version++;
        var (kind, slice) = change();
        _events.Add((_version, $$"""{"type":"{{kind}}","object":{{KubernetesJson.Serialize(slice)}}}"""));
    });

    private void Wake(Action change)
    {
        lock (_gate)
        {
            change();
            var changed = _changed;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            changed.SetResult();
        }
    }

    private async Task UntilAsync(Func<bool> condition)
    {
        for (var i = 0; i < 1000 && !condition(); i++)
            await Task.Delay(10);
        Assert.True(condition(), $"waited 10 s in vain; called {string.Join('\n', Calls)}");
    }
}

/// <summary>What the API server was asked.</summary>
internal sealed record ApiCall(string Path, bool IsWatch, string? Version, bool Bookmarks, string? Selector);
