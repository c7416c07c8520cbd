using Gateway.Admin;
using Gateway.Cache.Admin;
using Gateway.Learning;
using Gateway.Routing;
using Gateway.Telemetry;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Prometheus;

namespace Gateway.Hosting;

/// <summary>What the admin listener serves: liveness, readiness, metrics, replicas, what was learned, the cache. Nothing of it is reachable from the callers' port.</summary>
/// <remarks>
/// The connection is marked by the listener that accepted it, so that no <c>Host</c> header and no port number can make a
/// caller's connection look like an administrator's.
/// </remarks>
public sealed class AdminSite(RequestDelegate next, LiveBlueprint live, Drain drain, LearningAdmin learning, ReplicaAdmin replicas, CacheAdmin cache)
{
    public static void Mark(ListenOptions listener) => listener.Use(inner => connection =>
    {
        connection.Features.Set(AdminConnection.Instance);
        return inner(connection);
    });

    public static bool IsAdmin(HttpContext http) => http.Features.Get<AdminConnection>() is not null;

    public Task InvokeAsync(HttpContext http)
    {
        if (!IsAdmin(http))
            return next(http);
        switch (http.Request.Path.Value)
        {
            case "/livez":
                return http.Response.WriteAsync("ok", http.RequestAborted);
            case "/readyz":
                return WriteReadinessAsync(http);
            case "/metrics":
                PoolMetrics.Note(live.Current);
                ReplicaMetrics.Refresh(live.Current.Fleet);
                StoreMetrics.Refresh(live.Current.Cache?.Storage);
                VerdictMetrics.Refresh(live.Current.Cache);
                http.Response.ContentType = PrometheusConstants.TextContentTypeWithVersionAndEncoding;
                return GatewayMetrics.WriteAsync(http.Response.Body, http.RequestAborted);
            default:
                return ElsewhereAsync(http);
        }
    }

    private async Task ElsewhereAsync(HttpContext http)
    {
        if (!await replicas.TryHandleAsync(http) && !await learning.TryHandleAsync(http) && !await cache.TryHandleAsync(http))
            http.Response.StatusCode = StatusCodes.Status404NotFound;
    }

    /// <summary>Ready when every required pool has a replica that may be tried, and that a probe has been to, until SIGTERM.</summary>
    private Task WriteReadinessAsync(HttpContext http)
    {
        var lines = live.Current.Upstreams.Select(upstream => LineOf(upstream.Pool));
        var isReady = !drain.IsDraining && live.Current.IsReady;
        http.Response.StatusCode = isReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        var state = drain.IsDraining ? "draining" : isReady ? "ready" : "not ready";
        return http.Response.WriteAsync($"{state}\n{string.Join('\n', lines)}\n", http.RequestAborted);
    }

    private static string LineOf(Pool pool)
    {
        var replicas = pool.Replicas;
        return $"{pool.Name}: {replicas.Count(replica => replica.IsAvailable)} of {replicas.Length} replicas";
    }

    private sealed class AdminConnection
    {
        public static readonly AdminConnection Instance = new();
    }
}
