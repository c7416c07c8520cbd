namespace Gateway.Simulator;

/// <summary>Which of vLLM's servers the errors look like.</summary>
public enum ErrorDialect
{
    /// <summary>The Python server: <c>code</c> is an integer, <c>type</c> a name such as "BadRequestError".</summary>
    Python,

    /// <summary>The Rust front end: <c>code</c> is a string, <c>type</c> is "invalid_request_error" or "server_error".</summary>
    Rust,
}
