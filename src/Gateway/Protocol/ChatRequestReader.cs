using System.Text.Json;
using System.Text.Unicode;

namespace Gateway.Protocol;

/// <summary>One pass over the caller's bytes: a view, or the error to answer with.</summary>
/// <remarks>
/// Strict about what the gateway itself reads: a field of the wrong type, or given twice, is refused, because the gateway and
/// the upstream must never read one request in two ways. Everything else is the upstream's to judge and is not looked at.
/// </remarks>
public static class ChatRequestReader
{
    /// <param name="body">The caller's bytes.</param>
    /// <param name="maxDepth">How deep the JSON may nest.</param>
    /// <param name="withMembers">Whether each member of the body shall be noted.</param>
    public static (ChatRequest? Request, ApiError? Error) Read(ReadOnlySpan<byte> body, int maxDepth, bool withMembers = false)
    {
        if (!Utf8.IsValid(body))
            return (null, ApiError.BadJson("The request body is not valid UTF-8."));
        var pass = new ChatRequestPass(withMembers ? new List<BodyMember>(8) : null);
        try
        {
            var json = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = maxDepth });
            var error = pass.Read(ref json);
            return error is null ? (pass.ToRequest(), null) : (null, error);
        }
        catch (JsonException e)
        {
            return (null, ApiError.BadJson($"The request body is not valid JSON: {e.Message}"));
        }
    }
}
