using System.Diagnostics.CodeAnalysis;
using Gateway.Simulator.Faults;

namespace Gateway.Simulator;

/// <summary>
/// One scripted fault. Counts are generated tokens that reach the caller first; 0 is before the first frame. Durations are virtual
/// (see <see cref="SimulatorOptions.TimeScale"/>). <see cref="ToString"/> and <see cref="Parse"/> are each other's inverse.
/// </summary>
public sealed record Fault
{
    private Fault(FaultKind kind, int tokens = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(tokens);
        Kind = kind;
        Tokens = tokens;
    }

    /// <summary>What goes wrong.</summary>
    public FaultKind Kind { get; }

    /// <summary>Generated tokens before it goes wrong.</summary>
    public int Tokens { get; }

    /// <summary>HTTP status, for <see cref="FaultKind.Status"/>.</summary>
    public int StatusCode { get; private init; }

    /// <summary>The wait of <see cref="FaultKind.SlowFirstToken"/>, or what Retry-After says with <see cref="FaultKind.Status"/>.</summary>
    public TimeSpan? Delay { get; private init; }

    /// <summary>Reset at accept; a request on a connection that was already open is reset too.</summary>
    public static Fault Refuse { get; } = new(FaultKind.Refuse);

    /// <summary>Read the request, then reset.</summary>
    public static Fault ResetBeforeHeaders { get; } = new(FaultKind.ResetBeforeHeaders);

    /// <summary>Leave out [DONE].</summary>
    public static Fault MissingDone { get; } = new(FaultKind.MissingDone);

    /// <summary>Answer with an error status, with Retry-After if given.</summary>
    public static Fault Status(int code, TimeSpan? retryAfter = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(code, 400);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(code, 599);
        return new(FaultKind.Status) { StatusCode = code, Delay = retryAfter };
    }

    /// <summary>Wait before the first token.</summary>
    public static Fault SlowFirstToken(TimeSpan delay) => new(FaultKind.SlowFirstToken) { Delay = delay };

    /// <summary>Fall silent after so many tokens. A plain request is never answered.</summary>
    public static Fault StallAfter(int tokens) => new(FaultKind.StallAfter, tokens);

    /// <summary>Reset after so many tokens. A plain answer stops inside its body, short of Content-Length.</summary>
    public static Fault CutAfter(int tokens) => new(FaultKind.CutAfter, tokens);

    /// <summary>Engine failure after so many tokens.</summary>
    public static Fault ErrorFrameAfter(int tokens) => new(FaultKind.ErrorFrameAfter, tokens);

    /// <summary>Finish with "abort" after so many tokens; 0 is the empty answer of a draining replica.</summary>
    public static Fault AbortAfter(int tokens) => new(FaultKind.AbortAfter, tokens);

    /// <summary>A frame, or a plain body, that is not JSON; then the end.</summary>
    public static Fault Garbage(int after = 0) => new(FaultKind.GarbageAfter, after);

    /// <summary>A frame, or a plain body, that stops inside a character; the stream then goes on.</summary>
    public static Fault TruncatedUtf8After(int tokens) => new(FaultKind.TruncatedUtf8After, tokens);

    /// <summary>Reads a fault's text, such as <c>cut-after=5</c> or <c>status=429;retry-after=2</c>.</summary>
    /// <exception cref="FormatException">The text names no fault; the message lists the known ones.</exception>
    public static Fault Parse(string text) => TryParse(text, out var fault) ? fault : throw new FormatException(FaultText.Refusal(text));

    /// <summary>As <see cref="Parse"/>, without the exception.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Fault? fault) => FaultText.TryRead(text, out fault);

    /// <inheritdoc/>
    public override string ToString() => FaultText.Write(this);
}
