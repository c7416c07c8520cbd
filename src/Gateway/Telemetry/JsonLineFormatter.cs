using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Gateway.Telemetry;

/// <summary>One JSON object a line: time, level, event, then the event's own fields under their names, nulls left out.</summary>
/// <remarks>
/// The formatter that comes with the framework writes each field twice, once in a sentence and once as state, and the sentence's
/// template beside them; at one line a request that is most of the bytes.
/// </remarks>
internal sealed class JsonLineFormatter(TimeProvider time) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "json-line";

    private static readonly JavaScriptEncoder Escape = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        Span<char> stamp = stackalloc char[32];
        time.GetUtcNow().UtcDateTime.TryFormat(stamp, out var length, "yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        textWriter.Write("{\"time\":\"");
        textWriter.Write(stamp[..length]);
        textWriter.Write("\",\"level\":\"");
        textWriter.Write(NameOf(logEntry.LogLevel));
        textWriter.Write('"');
        if (logEntry.EventId.Name is { } name)
        {
            WriteField(textWriter, "event", name);
            WriteFields(textWriter, logEntry.State);
        }
        else
        {
            WriteField(textWriter, "event", logEntry.Category);
            WriteField(textWriter, "message", logEntry.Formatter(logEntry.State, logEntry.Exception));
        }

        if (logEntry.Exception is { } exception)
            WriteField(textWriter, "exception", exception.ToString());
        textWriter.Write("}\n");
    }

    private static void WriteFields<TState>(TextWriter writer, TState state)
    {
        if (state is not IReadOnlyList<KeyValuePair<string, object?>> fields)
            return;
        for (var i = 0; i < fields.Count; i++)
        {
            var (name, value) = fields[i];
            if (value is not null && name != "{OriginalFormat}")
                WriteField(writer, name, value);
        }
    }

    private static void WriteField(TextWriter writer, string name, object value)
    {
        writer.Write(",\"");
        writer.Write(name);
        writer.Write("\":");
        switch (value)
        {
            case int or long or decimal or double:
                WriteNumber(writer, (ISpanFormattable)value);
                break;
            default:
                writer.Write('"');
                Escape.Encode(writer, value as string ?? value.ToString() ?? "");
                writer.Write('"');
                break;
        }
    }

    private static void WriteNumber(TextWriter writer, ISpanFormattable number)
    {
        Span<char> digits = stackalloc char[48];
        number.TryFormat(digits, out var length, default, CultureInfo.InvariantCulture);
        writer.Write(digits[..length]);
    }

    private static string NameOf(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warning",
        LogLevel.Error => "error",
        _ => "critical",
    };
}
