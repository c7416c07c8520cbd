using System.Text;
using System.Text.Json;
using Gateway.Simulator.Hosting;
using Gateway.Simulator.Requests;

namespace Gateway.Simulator.Routes;

/// <summary>Loads and unloads LoRA adapters; success is plain text, as in vLLM.</summary>
internal sealed class AdapterRoutes(Serving serving)
{
    public Task Serve(HttpContext context, string path, JsonElement root)
    {
        if (!serving.Options.RuntimeLora) return Reply.NotFound(context);
        var failure = path.EndsWith("/load_lora_adapter", StringComparison.Ordinal) ? Load(root, out var success) : Unload(root, out success);
        return failure is null
            ? Reply.Bytes(context, Encoding.UTF8.GetBytes(success), "text/plain; charset=utf-8", 200)
            : Reply.Fail(context, failure, serving.Options.Dialect);
    }

    private Failure? Load(JsonElement root, out string success)
    {
        success = "";
        var (name, path) = (Text(root, "lora_name"), Text(root, "lora_path"));
        if (string.IsNullOrEmpty(name) || string.IsNullOrEmpty(path))
            return new Failure(400, "InvalidUserInput", "Both 'lora_name' and 'lora_path' must be provided.", null);
        var replace = root.TryGetProperty("load_inplace"u8, out var inplace) && inplace.ValueKind == JsonValueKind.True;
        if (!serving.Adapters.Load(name, path, replace))
        {
            return new Failure(400, "InvalidUserInput",
                $"The lora adapter '{name}' has already been loaded. If you want to load the adapter in place, set 'load_inplace' to True.", null);
        }
        success = $"Success: LoRA adapter '{name}' added successfully.";
        return null;
    }

    private Failure? Unload(JsonElement root, out string success)
    {
        success = "";
        var name = Text(root, "lora_name");
        if (string.IsNullOrEmpty(name)) return new Failure(400, "InvalidUserInput", "'lora_name' needs to be provided to unload a LoRA adapter.", null);
        if (!serving.Adapters.Unload(name)) return new Failure(404, "NotFoundError", $"The lora adapter '{name}' cannot be found.", null, "model_not_found");
        success = $"Success: LoRA adapter '{name}' removed successfully.";
        return null;
    }

    private static string? Text(JsonElement root, string name) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
