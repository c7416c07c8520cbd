using System.Text;
using Gateway.Cache;
using Gateway.Caching;
using Gateway.Completions;
using Gateway.Configuration;
using Gateway.Hosting;
using Gateway.Protocol;
using Microsoft.AspNetCore.Http;

namespace Gateway.Tests.Cache;

/// <summary>The keys that a body has in the scope of a caller.</summary>
internal static class ScopedRequest
{
    private static readonly CachePolicy Policy = new(false, null, []);

    public static Blueprint Blueprint(Func<CacheOptions, CacheOptions>? change = null)
    {
        var pool = new PoolOptions { Model = "m", Replicas = [new Uri("http://a:8000")] };
        return new BlueprintBuilder(TimeProvider.System, new Random(1)).Build(new GatewayOptions
        {
            Pools = new Dictionary<string, PoolOptions> { ["slm"] = pool, ["llm"] = pool with { Model = "n" } },
            Cache = change?.Invoke(new CacheOptions()) ?? new CacheOptions(),
        });
    }

    /// <summary>The question that a body is; null when it is refused.</summary>
    public static CacheQuestion? Question(Blueprint blueprint, string body, params (string Name, string Value)[] headers)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var (request, error) = ChatRequestReader.Read(bytes, 64, withMembers: true);
        if (error is not null)
            return null;
        var http = new DefaultHttpContext();
        foreach (var (name, value) in headers)
            http.Request.Headers.Append(name, value);
        var route = blueprint.Catalog.Find(request!.Model)!;
        var exchange = new Exchange(http, blueprint, "req-1", 0) { Body = new RequestBody(bytes, bytes.Length), Request = request, Asked = route, Route = route };
        return RequestScope.QuestionOf(exchange, blueprint.Cache!, Policy);
    }
}
