using System.Text.Json;
using Gateway.Routing;
using Gateway.Routing.Health;
using Gateway.Telemetry;

namespace Gateway.Admin;

/// <summary>Replicas as the admin listener shows them.</summary>
internal static class ReplicaListing
{
    public static async Task WriteAsync(HttpContext http, IEnumerable<(Pool Pool, Replica Replica)> replicas, TimeProvider time)
    {
        http.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(http.Response.BodyWriter, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteStartArray("replicas"u8);
        foreach (var (pool, replica) in replicas)
            Write(json, pool, replica, time);
        json.WriteEndArray();
        json.WriteEndObject();
        await json.FlushAsync(http.RequestAborted);
    }

    private static void Write(Utf8JsonWriter json, Pool pool, Replica replica, TimeProvider time)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, replica.Name);
        json.WriteString("pool"u8, pool.Name);
        json.WriteString("address"u8, replica.Address.AbsoluteUri);
        json.WriteString("state"u8, PoolMetrics.NameOf(replica.State));
        json.WriteNumber("in_flight"u8, replica.InFlight);
        if (replica.Notice is { } notice)
            Write(json, notice, time);
        if (replica.Load is { } load)
            Write(json, load, time);
        if (replica.Capabilities is { } capabilities)
            Write(json, capabilities);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, DrainNotice notice, TimeProvider time)
    {
        var age = time.GetElapsedTime(notice.At);
        json.WriteStartObject("notice"u8);
        json.WriteString("reason"u8, notice.Reason);
        json.WriteNumber("seconds_ago"u8, Round(age));
        if (notice.Left is { } left)
            json.WriteNumber("seconds_left"u8, Round(left > age ? left - age : TimeSpan.Zero));
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ReplicaLoad load, TimeProvider time)
    {
        json.WriteStartObject("load"u8);
        json.WriteNumber("running"u8, load.Running);
        json.WriteNumber("waiting"u8, load.Waiting);
        json.WriteNumber("kv_use"u8, Math.Round(load.KvUse, 4));
        json.WriteNumber("seconds_ago"u8, Round(time.GetElapsedTime(load.TakenAt)));
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ReplicaCapabilities capabilities)
    {
        json.WriteStartObject("capabilities"u8);
        json.WriteStartArray("models"u8);
        foreach (var model in capabilities.Models)
            json.WriteStringValue(model);
        json.WriteEndArray();
        if (capabilities.ContextTokens is { } context)
            json.WriteNumber("context_tokens"u8, context);
        if (capabilities.KvTokens is { } kv)
            json.WriteNumber("kv_tokens"u8, kv);
        json.WriteBoolean("continues"u8, capabilities.Continues);
        json.WriteBoolean("takes_tokens"u8, capabilities.TakesTokens);
        json.WriteBoolean("returns_token_ids"u8, capabilities.ReturnsTokenIds);
        json.WriteEndObject();
    }

    private static double Round(TimeSpan time) => Math.Round(time.TotalSeconds, 1);
}
