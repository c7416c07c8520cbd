using System.Text.Json;
using Gateway.Delivery;
using Gateway.Hosting;
using Gateway.Protocol;
using Gateway.Routing.Cascade;

namespace Gateway.Models;

/// <summary><c>GET /v1/models</c> and <c>GET /v1/models/{id}</c>: what callers may ask for, and the pools behind it.</summary>
public sealed class ModelsEndpoint(LiveBlueprint live, TimeProvider time)
{
    /// <summary>Seconds since 1970 at which this process began to offer its models: OpenAI's <c>created</c>.</summary>
    private readonly long _created = time.GetUtcNow().ToUnixTimeSeconds();

    public Task ListAsync(HttpContext http)
    {
        var blueprint = live.Current;
        return SendAsync(http, json =>
        {
            json.WriteStartObject();
            json.WriteString("object"u8, "list"u8);
            json.WriteStartArray("data"u8);
            foreach (var route in blueprint.Catalog.Routes)
                Write(json, route.Name, route, blueprint);
            foreach (var (alias, route) in blueprint.Catalog.Aliases)
                Write(json, alias, route, blueprint);
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    public Task GetAsync(HttpContext http)
    {
        // SDKs escape the slash in a name, and it is the one character that the server leaves escaped in a path.
        var id = ((string)http.Request.RouteValues["id"]!).Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        var blueprint = live.Current;
        return blueprint.Catalog.Find(id) is { } route
            ? SendAsync(http, json => Write(json, id, route, blueprint))
            : ErrorReply.SendAsync(http, ApiError.ModelNotFound(id, blueprint.Catalog.Names)).AsTask();
    }

    private void Write(Utf8JsonWriter json, string id, ModelRoute route, Blueprint blueprint)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, id);
        json.WriteString("object"u8, "model"u8);
        json.WriteNumber("created"u8, _created);
        json.WriteString("owned_by"u8, blueprint.UpstreamOf(route.Cascade[0]).Options.OwnedBy);
        if (id != route.Name)
            json.WriteString("alias_of"u8, route.Name);
        if (route.ContextTokens is { } context)
            json.WriteNumber("max_model_len"u8, context);
        json.WriteStartArray("pools"u8);
        foreach (var pool in route.Cascade)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, pool.Name);
            json.WriteString("model"u8, pool.Model);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static async Task SendAsync(HttpContext http, Action<Utf8JsonWriter> write)
    {
        http.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(http.Response.BodyWriter);
        write(json);
        await json.FlushAsync(http.RequestAborted);
    }
}
