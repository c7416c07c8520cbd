using System.Text.Json;

namespace Gateway.Protocol;

/// <summary>The upstream body of one attempt: the caller's bytes with a few values spliced in.</summary>
/// <remarks>
/// The original is never changed, so the next attempt can splice another model into it, and nothing is copied: the pieces are
/// written one after the other. Fields the gateway does not know arrive upstream byte for byte.
/// </remarks>
public sealed class RequestSplice
{
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
    /// <param name="wantsRunningUsage">Ask for the usage so far on each chunk of a stream.</param>
    /// <param name="wantsTokenIds">Ask for the ids of prompt and answer, on a body where <see cref="TokenIdsSwitch.CanTurnOn"/>.</param>
    public static RequestSplice Of(
        ReadOnlyMemory<byte> body,
        ChatRequest request,
        byte[] modelJson,
        bool wantsLogprobs = false,
        int? priority = null,
        bool wantsRunningUsage = false,
        bool wantsTokenIds = false)
    {
        var edits = new SpliceEdit[1 + (request.Stream ? 1 : 0) + (wantsLogprobs ? 2 : 0) + (priority is null ? 0 : 1) + (wantsTokenIds ? 2 : 0)];
        var next = 0;
        edits[next++] = new SpliceEdit(request.ModelValue, modelJson);
        if (request.Stream)
            edits[next++] = UsageEdit.Ask(request, wantsRunningUsage);
        if (wantsLogprobs)
            (edits[next++], edits[next++]) = LogprobsSwitch.TurnOn(request);
        if (priority is { } given)
            edits[next++] = PriorityField.Set(request, given);
        if (wantsTokenIds)
            (edits[next++], edits[next]) = TokenIdsSwitch.TurnOn(body.Span, request);
        return new RequestSplice(body, edits);
    }

    /// <summary>A splice of any body: only the model's name.</summary>
    public static RequestSplice Of(ReadOnlyMemory<byte> body, ByteRange modelValue, byte[] model) =>
        new(body, [new SpliceEdit(modelValue, model)]);

    /// <summary>A splice of any body, edit by edit.</summary>
    internal static RequestSplice Of(ReadOnlyMemory<byte> body, SpliceEdit[] edits) => new(body, edits);

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
}
