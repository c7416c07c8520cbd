using System.Buffers;
using System.Text;
using Gateway.Simulator.Hosting;
using Gateway.Simulator.Metrics;
using Gateway.Simulator.Wire;

namespace Gateway.Simulator.Routes;

/// <summary>Health, load, version, metrics, models, and everything that is not there.</summary>
internal sealed class OpsRoutes(Serving serving)
{
    /// <summary>Stands where vLLM tells its version; no release of it.</summary>
    private const string Version = "0.0.0+simulated";

    private readonly long _started = serving.Clock.UnixSeconds;

    public Task Serve(HttpContext context, string path)
    {
        var get = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        return path switch
        {
            "/health" when get => Reply.Empty(context, 200),
            "/ping" when get || HttpMethods.IsPost(context.Request.Method) => Reply.Empty(context, 200),
            "/load" when get => Json(context, $"{{\"server_load\":{(serving.Options.ServerLoadTracking ? serving.InFlight : 0)}}}"),
            "/version" when get => Json(context, $"{{\"version\":\"{Version}\"}}"),
            "/metrics" when get => Reply.Bytes(
                context, Encoding.UTF8.GetBytes(MetricsPage.Write(serving)), "text/plain; version=0.0.4; charset=utf-8", 200),
            "/v1/models" when get => Models(context),
            "/health" or "/ping" or "/load" or "/version" or "/metrics" or "/v1/models" => Reply.NotAllowed(context),
            _ => Reply.NotFound(context),
        };
    }

    private static Task Json(HttpContext context, string body) => Reply.Json(context, Encoding.UTF8.GetBytes(body));

    private Task Models(HttpContext context)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        var sink = new JsonSink(buffer);
        sink.Raw("{\"object\":\"list\",\"data\":["u8);
        Card(ref sink, serving.Options.Model, serving.Options.Model, parent: null);
        foreach (var (name, path) in serving.Adapters.Loaded)
        {
            sink.Raw(","u8);
            Card(ref sink, name, path, serving.Options.Model);
        }
        sink.Raw("]}"u8);
        sink.Commit();
        return Reply.Json(context, buffer.WrittenMemory);
    }

    private void Card(ref JsonSink sink, string id, string root, string? parent)
    {
        sink.Raw("{\"id\":"u8);
        sink.Quoted(id);
        sink.Raw(",\"object\":\"model\",\"created\":"u8);
        sink.Number(_started);
        sink.Raw(",\"owned_by\":\"vllm\",\"root\":"u8);
        sink.Quoted(root);
        sink.Raw(",\"parent\":"u8);
        sink.Quoted(parent);
        sink.Raw(",\"max_model_len\":"u8);
        if (parent is null) sink.Number(serving.Options.MaxModelLen);
        else sink.Raw("null"u8);
        sink.Raw(",\"permission\":[{\"id\":\"modelperm-"u8);
        sink.Raw(Encoding.UTF8.GetBytes(serving.NewId()));
        sink.Raw("\",\"object\":\"model_permission\",\"created\":"u8);
        sink.Number(_started);
        sink.Raw(",\"allow_create_engine\":false,\"allow_sampling\":true,\"allow_logprobs\":true,\"allow_search_indices\":false,"u8);
        sink.Raw("\"allow_view\":true,\"allow_fine_tuning\":false,\"organization\":\"*\",\"group\":null,\"is_blocking\":false}]}"u8);
    }
}
