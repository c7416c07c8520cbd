using System.Text;

namespace Gateway.Simulator.Wire;

/// <summary>What every chunk and reply of one request has in common, already in bytes.</summary>
/// <param name="Id">Body id, such as chatcmpl-4f….</param>
/// <param name="Created">Unix seconds.</param>
/// <param name="Model">The name asked for.</param>
/// <param name="PromptTokens">Prompt tokens.</param>
internal sealed record Heading(string Id, long Created, string Model, int PromptTokens)
{
    /// <summary>vLLM's system fingerprint names its version and layout.</summary>
    public static ReadOnlySpan<byte> Fingerprint => "vllm-sim-tp1"u8;

    /// <summary>From the opening brace up to the value of <c>choices</c>.</summary>
    public byte[] UpToChoices(string kind)
    {
        var model = new System.Buffers.ArrayBufferWriter<byte>(64);
        var sink = new JsonSink(model);
        sink.Quoted(Model);
        sink.Commit();
        return [.. Encoding.UTF8.GetBytes($"{{\"id\":\"{Id}\",\"object\":\"{kind}\",\"created\":{Created},\"model\":"),
            .. model.WrittenSpan, .. ",\"choices\":"u8];
    }
}
