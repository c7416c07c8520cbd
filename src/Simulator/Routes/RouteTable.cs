using System.Text.Json;
using Gateway.Simulator.Hosting;
using Gateway.Simulator.Requests;
using Gateway.Simulator.Wire;

namespace Gateway.Simulator.Routes;

/// <summary>Every path the replica answers.</summary>
internal sealed class RouteTable(Serving serving)
{
    private readonly GenerateRoute _generate = new(serving);
    private readonly TokenRoutes _tokens = new(serving);
    private readonly EmbeddingsRoute _embeddings = new(serving);
    private readonly OpsRoutes _ops = new(serving);
    private readonly AdapterRoutes _adapters = new(serving);
    private readonly FaultRoute _faults = new(serving);

    public Task ServeAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "/";
        if (!Allowed(context, path)) return Reply.Json(context, ErrorBody.Plain("Unauthorized"), 401);
        return path switch
        {
            "/v1/chat/completions" or "/v1/completions" or "/v1/embeddings" => Posted(context, path, inference: true),
            "/tokenize" or "/detokenize" or "/v1/chat/completions/render" or "/v1/completions/render"
                or "/v1/load_lora_adapter" or "/v1/unload_lora_adapter" => Posted(context, path, inference: false),
            "/sim/fault" => _faults.ServeAsync(context),
            _ => _ops.Serve(context, path),
        };
    }

    private Task Posted(HttpContext context, string path, bool inference) =>
        HttpMethods.IsPost(context.Request.Method) ? PostAsync(context, path, inference) : Reply.NotAllowed(context);

    private async Task PostAsync(HttpContext context, string path, bool inference)
    {
        if (inference) serving.Enter();
        try
        {
            using var body = await RequestBody.ReadAsync(context);
            using var exchange = new Exchange(context, serving.Clock, serving.Record(context, body.Memory));
            exchange.Watch();
            Fault? fault = null;
            if (inference && (FaultGate.Take(serving, context, out fault) ?? FaultGate.Act(exchange, fault)) is { } ended)
            {
                await ended;
                return;
            }
            if (Parse(context, body.Memory, out var document) is { } failure)
            {
                await Reply.Fail(context, failure, serving.Options.Dialect);
                return;
            }
            using (document) await Serve(exchange, path, document!.RootElement, fault);
        }
        catch (InvalidOperationException invalid) when (invalid.InnerException is System.Text.DecoderFallbackException or null && !context.Response.HasStarted)
        {
            // A string that is no text, such as a lone surrogate.
            await Reply.Fail(context, Failure.NotJson("invalid text"), serving.Options.Dialect);
        }
        catch (Exception gone) when (gone is IOException or Microsoft.AspNetCore.Connections.ConnectionResetException or OperationCanceledException)
        {
            // The caller left; there is nobody to tell.
        }
        finally
        {
            if (inference) serving.Leave();
        }
    }

    private Task Serve(Exchange exchange, string path, JsonElement root, Fault? fault) => path switch
    {
        "/v1/chat/completions" => _generate.ServeAsync(exchange, root, chat: true, fault),
        "/v1/completions" => _generate.ServeAsync(exchange, root, chat: false, fault),
        "/v1/embeddings" => _embeddings.ServeAsync(exchange, root, fault),
        "/v1/load_lora_adapter" or "/v1/unload_lora_adapter" => _adapters.Serve(exchange.Context, path, root),
        _ => _tokens.Serve(exchange.Context, path, root),
    };

    private static Failure? Parse(HttpContext context, ReadOnlyMemory<byte> body, out JsonDocument? document)
    {
        document = null;
        if (!IsJson(context.Request.ContentType))
            return new Failure(400, "Bad Request", "1 validation error:\n  Unsupported Media Type: Only 'application/json' is allowed", "body");
        try
        {
            document = JsonDocument.Parse(body);
            return null;
        }
        catch (JsonException broken)
        {
            return Failure.NotJson($"line {broken.LineNumber + 1} column {broken.BytePositionInLine + 1}");
        }
    }

    private static bool IsJson(string? type) =>
        type is not null && (type == "application/json" || type.StartsWith("application/json;", StringComparison.OrdinalIgnoreCase)
            || type.Equals("application/json", StringComparison.OrdinalIgnoreCase));

    private bool Allowed(HttpContext context, string path)
    {
        if (serving.Options.ApiKey is not { } key) return true;
        if (!path.StartsWith("/v1", StringComparison.Ordinal) && !path.StartsWith("/v2", StringComparison.Ordinal)
            && !path.StartsWith("/inference", StringComparison.Ordinal) && !path.StartsWith("/cohere", StringComparison.Ordinal)) return true;
        return context.Request.Headers.Authorization.ToString() == "Bearer " + key;
    }
}
