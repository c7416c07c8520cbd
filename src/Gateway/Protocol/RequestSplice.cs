using System.Text.Json;

namespace Gateway.Protocol;

/// <summary>The upstream body of one attempt: the caller's bytes with a few values spliced in.</summary>
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
    private readonly SpliceEdit[] _edits;

    private RequestSplice(ReadOnlyMemory<byte> body, SpliceEdit[] edits)
    {
        (_body, _edits) = (body, edits);
        Sort(edits);
        Length = body.Length;
        foreach (var edit in edits)
            Length += edit.Growth;
    }

    /// <summary>Bytes of the spliced body.</summary>
    public int Length { get; }

    /// <summary>A splice of a chat request: the model's name, usage asked for when it streams, what the plan asks for.</summary>
    /// <param name="body">The caller's bytes.</param>
    /// <param name="request">The view over them.</param>
    /// <param name="modelJson">The upstream model as a JSON string, quotes included.</param>
    /// <param name="wantsLogprobs">Ask for the tokens' log-probabilities, on a body where <see cref="LogprobsSwitch.CanTurnOn"/>.</param>
    /// <param name="priority">The request's place in the upstream's queue, lower being earlier; null to leave what the caller says of it.</param>
    public static RequestSplice Of(
        ReadOnlyMemory<byte> body, ChatRequest request, byte[] modelJson, bool wantsLogprobs = false, int? priority = null)
    {
        var edits = new SpliceEdit[1 + (request.Stream ? 1 : 0) + (wantsLogprobs ? 2 : 0) + (priority is null ? 0 : 1)];
        var next = 0;
        edits[next++] = new SpliceEdit(request.ModelValue, modelJson);
        if (request.Stream)
            edits[next++] = AskUsage(request.UsageSwitch);
        if (wantsLogprobs)
            (edits[next++], edits[next++]) = LogprobsSwitch.TurnOn(request);
        if (priority is { } given)
            edits[next] = PriorityField.Set(request, given);
        return new RequestSplice(body, edits);
    }

    /// <summary>A splice of any body: only the model's name.</summary>
    public static RequestSplice Of(ReadOnlyMemory<byte> body, ByteRange modelValue, byte[] model) =>
        new(body, [new SpliceEdit(modelValue, model)]);

    /// <summary>The model's name as a JSON string, quotes included.</summary>
    public static byte[] ModelJson(string model) => JsonSerializer.SerializeToUtf8Bytes(model);

    public async ValueTask WriteToAsync(Stream stream, CancellationToken cancel)
    {
        var at = 0;
        foreach (var edit in _edits)
        {
            if (edit.At.Start > at)
                await stream.WriteAsync(_body[at..edit.At.Start], cancel);
            if (!edit.With.IsEmpty)
                await stream.WriteAsync(edit.With, cancel);
            at = edit.At.End;
        }

        await stream.WriteAsync(_body[at..], cancel);
    }

    /// <summary>By place, edits of one place in the order given; an edit of nothing at 0 goes first and does nothing.</summary>
    private static void Sort(SpliceEdit[] edits)
    {
        for (var i = 1; i < edits.Length; i++)
        {
            for (var at = i; at > 0 && edits[at].At.Start < edits[at - 1].At.Start; at--)
                (edits[at], edits[at - 1]) = (edits[at - 1], edits[at]);
        }
    }

    private static SpliceEdit AskUsage(UsageSwitch usage) => usage.Kind switch
    {
        UsageSwitchKind.Absent => new SpliceEdit(usage.At, NewOptions),
        UsageSwitchKind.Null => new SpliceEdit(usage.At, Options),
        UsageSwitchKind.EmptyObject => new SpliceEdit(usage.At, OnlyMember),
        UsageSwitchKind.WithoutMember => new SpliceEdit(usage.At, FirstMember),
        UsageSwitchKind.MemberOff => new SpliceEdit(usage.At, True),
        _ => default,
    };
}
