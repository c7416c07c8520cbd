namespace Gateway.Simulator.Requests;

/// <summary>Why a request got a JSON error instead of an answer.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Type">The Python server's <c>type</c>.</param>
/// <param name="Message">The text.</param>
/// <param name="Param">The field at fault, or null.</param>
/// <param name="RustCode">The Rust front end's <c>code</c>.</param>
internal sealed record Failure(int Status, string Type, string Message, string? Param, string RustCode = "invalid_request")
{
    /// <summary>The body could not be read into the request's model.</summary>
    public static Failure Body(string kind, string field, string message) => new(
        400, "Bad Request", $"1 validation error:\n  {{'type': '{kind}', 'loc': ('body', '{field}'), 'msg': '{message}'}}", "body." + field);

    /// <summary>A rule over several fields was broken.</summary>
    public static Failure Rule(string? field, string message) => new(
        400, "Bad Request",
        $"1 validation error:\n  {{'type': 'value_error', 'loc': ('body',), 'msg': 'Value error, {message}{Parameter(field)}'}}", field);

    /// <summary>Refused behind the body's validation.</summary>
    public static Failure Invalid(string message, string? field = null) => new(400, "BadRequestError", message, field);

    public static Failure NotJson(string detail) => new(
        400, "Bad Request", $"1 validation error:\n  {{'type': 'json_invalid', 'loc': ('body',), 'msg': 'JSON decode error', 'ctx': {{'error': '{detail}'}}}}",
        "body", "json_parse_error");

    public static Failure UnknownModel(string model) => new(
        404, "NotFoundError", $"The model `{model}` does not exist.", "model", "model_not_found");

    /// <summary>The engine failed this request; vLLM calls it retryable.</summary>
    public static Failure Engine { get; } = new(
        500, "InternalServerError", "EngineCore encountered an issue. See stack trace (above) for the root cause.", null, "internal_error");

    /// <summary>Prompt and answer do not fit; the text is the renderer's.</summary>
    public static Failure Overflow(int maxModelLen, int outputTokens, int promptTokens)
    {
        // The prompt is tokenized only up to the first token that does not fit, hence "at least".
        var fits = maxModelLen - outputTokens;
        var known = Math.Max(Math.Min(promptTokens, fits + 1), 1);
        var least = promptTokens > known ? "at least " : "";
        return new(400, "BadRequestError",
            $"This model's maximum context length is {maxModelLen} tokens. However, you requested {outputTokens} output tokens and your "
            + $"prompt contains {least}{known} input tokens, for a total of {least}{known + outputTokens} tokens. Please reduce the length "
            + $"of the input prompt or the number of requested output tokens. (parameter=input_tokens, value={known})",
            "input_tokens", "context_length_exceeded");
    }

    private static string Parameter(string? field) => field is null ? "" : $" (parameter={field})";
}
