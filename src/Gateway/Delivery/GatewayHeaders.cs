using System.Globalization;
using Gateway.Cache;
using Gateway.Completions;
using Gateway.Guarding;

namespace Gateway.Delivery;

/// <summary>The <c>x-gateway-*</c> response headers: what was decided for this request, and why.</summary>
public static class GatewayHeaders
{
    public const string RequestId = "x-gateway-request-id";
    public const string Model = "x-gateway-model";
    public const string Pool = "x-gateway-pool";
    public const string Replica = "x-gateway-replica";
    public const string Route = "x-gateway-route";
    public const string Attempts = "x-gateway-attempts";
    public const string Cost = "x-gateway-cost-usd";
    public const string Overhead = "x-gateway-overhead-us";

    /// <summary>Writes what is known by now; call before the first byte leaves.</summary>
    public static void Write(Exchange exchange, TimeProvider time)
    {
        var headers = exchange.Http.Response.Headers;
        headers[RequestId] = exchange.Id;
        headers["x-request-id"] = exchange.Id;
        if (exchange.RouteReason is { } reason)
            headers[Route] = Printable(reason);
        if (exchange.AnsweredBy is { } pool)
        {
            headers[Pool] = Printable(pool.Pool.Name);
            headers[Model] = Printable(pool.Pool.Model);
            headers[Replica] = exchange.AnsweredAt?.Name;
            if (exchange.Cost is { } cost)
                headers[Cost] = cost.ToString("0.########", CultureInfo.InvariantCulture);
        }

        if (GuardNote.Of(exchange) is { } guards)
            headers[GuardNote.Header] = Printable(guards);
        if (exchange.Cache is { } cache)
            WriteCache(headers, cache, time);
        if (exchange.Attempts.Count > 0)
            headers[Attempts] = exchange.Attempts.Count == 1 ? "1" : exchange.Attempts.Count.ToString(CultureInfo.InvariantCulture);
        var overhead = time.GetElapsedTime(exchange.StartedAt) - exchange.Waited;
        headers[Overhead] = ((long)overhead.TotalMicroseconds).ToString(CultureInfo.InvariantCulture);
    }

    private static void WriteCache(IHeaderDictionary headers, CacheVisit cache, TimeProvider time)
    {
        headers[CallerWishes.Header] = Printable(cache.Describe());
        if (cache.Followed?.Served is { } served)
            WriteServed(headers, served.Name, served.Model);
        if (cache.Hit is not { Answer: { } answer })
            return;
        WriteServed(headers, answer.Pool, answer.ServedModel);
        headers.Age = ((long)Math.Max(0, (time.GetUtcNow() - answer.Facts.StoredAt).TotalSeconds)).ToString(CultureInfo.InvariantCulture);
    }

    private static void WriteServed(IHeaderDictionary headers, string pool, string model)
    {
        headers[Pool] = Printable(pool);
        headers[Model] = Printable(model);
        headers[Cost] = "0";
    }

    /// <summary>The text as a header may carry it; names from the configuration need not be ASCII.</summary>
    private static string Printable(string text) =>
        text.AsSpan().ContainsAnyExceptInRange(' ', '~')
            ? string.Create(text.Length, text, static (span, from) =>
            {
                for (var i = 0; i < span.Length; i++)
                    span[i] = from[i] is >= ' ' and <= '~' ? from[i] : '?';
            })
            : text;
}
