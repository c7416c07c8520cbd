using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Gateway.Simulator.Faults;

/// <summary>Faults as text: on the command line, in the <c>x-sim-fault</c> header, in the body of <c>POST /sim/fault</c>.</summary>
internal static class FaultText
{
    /// <summary>Every form, for help and for errors.</summary>
    public const string Forms =
        "refuse, reset, status=CODE[;retry-after=SECONDS], slow-first-token=DURATION, stall-after=N, cut-after=N, error-frame-after=N, "
        + "abort-after=N, garbage-after=N, truncated-utf8-after=N, missing-done; DURATION is 250ms, 2s or a number of seconds";

    public static string Refusal(string text) => $"'{text}' is not a fault; known: {Forms}";

    public static string Write(Fault fault) => fault.Kind switch
    {
        FaultKind.Refuse => "refuse",
        FaultKind.ResetBeforeHeaders => "reset",
        FaultKind.Status when fault.Delay is { } wait => $"status={fault.StatusCode};retry-after={Number(wait.TotalSeconds)}",
        FaultKind.Status => $"status={fault.StatusCode}",
        FaultKind.SlowFirstToken => $"slow-first-token={Number(fault.Delay!.Value.TotalMilliseconds)}ms",
        FaultKind.StallAfter => $"stall-after={fault.Tokens}",
        FaultKind.CutAfter => $"cut-after={fault.Tokens}",
        FaultKind.ErrorFrameAfter => $"error-frame-after={fault.Tokens}",
        FaultKind.AbortAfter => $"abort-after={fault.Tokens}",
        FaultKind.GarbageAfter => $"garbage-after={fault.Tokens}",
        FaultKind.TruncatedUtf8After => $"truncated-utf8-after={fault.Tokens}",
        _ => "missing-done",
    };

    public static bool TryRead(string text, [NotNullWhen(true)] out Fault? fault)
    {
        var parts = text.Trim().Split(';', 2, StringSplitOptions.TrimEntries);
        var (name, value) = Pair(parts[0]);
        fault = name switch
        {
            "refuse" when value is null => Fault.Refuse,
            "reset" or "reset-before-headers" when value is null => Fault.ResetBeforeHeaders,
            "missing-done" when value is null => Fault.MissingDone,
            "status" => StatusFrom(value, parts.Length > 1 ? parts[1] : null),
            "slow-first-token" when Duration(value) is { } wait => Fault.SlowFirstToken(wait),
            _ when Count(value) is { } tokens => Counted(name, tokens),
            _ => null,
        };
        if (parts.Length > 1 && name != "status") fault = null;
        return fault is not null;
    }

    private static Fault? Counted(string name, int tokens) => name switch
    {
        "stall-after" => Fault.StallAfter(tokens),
        "cut-after" => Fault.CutAfter(tokens),
        "error-frame-after" => Fault.ErrorFrameAfter(tokens),
        "abort-after" => Fault.AbortAfter(tokens),
        "garbage-after" => Fault.Garbage(tokens),
        "truncated-utf8-after" => Fault.TruncatedUtf8After(tokens),
        _ => null,
    };

    private static Fault? StatusFrom(string? value, string? rest)
    {
        if (Count(value) is not (>= 400 and <= 599 and var code)) return null;
        if (rest is null) return Fault.Status(code);
        var (name, wait) = Pair(rest);
        return name == "retry-after" && Duration(wait) is { } retryAfter ? Fault.Status(code, retryAfter) : null;
    }

    private static (string Name, string? Value) Pair(string text)
    {
        var at = text.IndexOf('=', StringComparison.Ordinal);
        return at < 0 ? (text, null) : (text[..at].Trim(), text[(at + 1)..].Trim());
    }

    private static int? Count(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;

    private static TimeSpan? Duration(string? text)
    {
        if (text is null) return null;
        var milliseconds = text.EndsWith("ms", StringComparison.Ordinal);
        var digits = milliseconds ? text[..^2] : text.EndsWith('s') ? text[..^1] : text;
        return double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? milliseconds ? TimeSpan.FromMilliseconds(number) : TimeSpan.FromSeconds(number)
            : null;
    }

    private static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
