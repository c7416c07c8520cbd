using System.Text.Json;

namespace Gateway.Protocol;

/// <summary>The upstream body of one attempt: the caller's bytes with the model and the usage switch spliced in.</summary>
/// <remarks>
/// The original is never changed, so the next attempt can splice another model into it, and nothing is copied: the pieces are
/// written one after the other. Fields the gateway does not know arrive upstream byte for byte.
/// </remarks>
public sealed class RequestSplice
{
    private static readonly byte[] NewOptions = ",\"stream_options\":{\"include_usage\":true}"u8.ToArray();
    private static readonly byte[] Options = "{\"include_usage\":true}"u8.ToArray();
    private static readonly byte[] OnlyMember = "\"include_usage\":true"u8.ToArray();
    private static readonly byte[] FirstMember = "\"include_usage\":true,"u8.ToArray();
    private static readonly byte[] True = "true"u8.ToArray();

    private readonly ReadOnlyMemory<byte> _body;
    private readonly Edit _first;
    private readonly Edit _second;

    private RequestSplice(ReadOnlyMemory<byte> body, Edit one, Edit other)
    {
        _body = body;
        (_first, _second) = other.At.Length + other.With.Length > 0 && other.At.Start < one.At.Start ? (other, one) : (one, other);
        Length = body.Length + one.Growth + other.Growth;
    }

    /// <summary>Bytes of the spliced body.</summary>
    public int Length { get; }

    /// <summary>A splice of a chat request: the model's name, and usage asked for when it streams.</summary>
    /// <param name="body">The caller's bytes.</param>
    /// <param name="request">The view over them.</param>
    /// <param name="modelJson">The upstream model as a JSON string, quotes included.</param>
    public static RequestSplice Of(ReadOnlyMemory<byte> body, ChatRequest request, byte[] modelJson) =>
        new(body, new Edit(request.ModelValue, modelJson), request.Stream ? AskUsage(request.UsageSwitch) : default);

    /// <summary>A splice of any body: only the model's name.</summary>
    public static RequestSplice Of(ReadOnlyMemory<byte> body, ByteRange modelValue, byte[] model) =>
        new(body, new Edit(modelValue, model), default);

    /// <summary>The model's name as a JSON string, quotes included.</summary>
    public static byte[] ModelJson(string model) => JsonSerializer.SerializeToUtf8Bytes(model);

    public async ValueTask WriteToAsync(Stream stream, CancellationToken cancel)
    {
        var at = 0;
        at = await WriteEditAsync(stream, _first, at, cancel);
        if (_second.At.Length + _second.With.Length > 0)
            at = await WriteEditAsync(stream, _second, at, cancel);
        await stream.WriteAsync(_body[at..], cancel);
    }

    private async ValueTask<int> WriteEditAsync(Stream stream, Edit edit, int at, CancellationToken cancel)
    {
        await stream.WriteAsync(_body[at..edit.At.Start], cancel);
        await stream.WriteAsync(edit.With, cancel);
        return edit.At.End;
    }

    private static Edit AskUsage(UsageSwitch usage) => usage.Kind switch
    {
        UsageSwitchKind.Absent => new Edit(usage.At, NewOptions),
        UsageSwitchKind.Null => new Edit(usage.At, Options),
        UsageSwitchKind.EmptyObject => new Edit(usage.At, OnlyMember),
        UsageSwitchKind.WithoutMember => new Edit(usage.At, FirstMember),
        UsageSwitchKind.MemberOff => new Edit(usage.At, True),
        _ => default,
    };

    private readonly record struct Edit(ByteRange At, ReadOnlyMemory<byte> With)
    {
        public int Growth => With.Length - At.Length;
    }
}
