using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Gateway.Telemetry;

/// <summary>Log lines on their way out: JSON objects in one buffer, written together and not one by one.</summary>
/// <remarks>
/// The console logger that comes with the framework wakes a thread and makes a system call for every line, which costs more
/// than the rest of a request's bookkeeping. Lines gathered here leave every <see cref="FlushInterval"/>, or at once when one
/// of them is an error or the buffer is full; what a killed process may lose is that interval.
/// </remarks>
internal sealed class JsonLines : IDisposable
{
    /// <summary>The longest a line waits.</summary>
    private static readonly TimeSpan FlushInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>Bytes gathered that are written without waiting.</summary>
    private const int FullBuffer = 64 * 1024;

    private readonly Lock _gate = new();
    private readonly Stream _out;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly ArrayBufferWriter<byte> _buffer = new(FullBuffer);
    private readonly Utf8JsonWriter _json;
    private bool _isAwaited;

    public JsonLines(Stream output, TimeProvider time)
    {
        (_out, _time) = (output, time);
        _json = new Utf8JsonWriter(_buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
        _timer = time.CreateTimer(static state => ((JsonLines)state!).Flush(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Adds a line: time, level and event, then the event's own fields under their names, nulls left out.</summary>
    public void Add<TState>(LogLevel level, string name, TState state, string? message, Exception? exception)
    {
        lock (_gate)
        {
            _json.WriteStartObject();
            _json.WriteString("time"u8, _time.GetUtcNow().UtcDateTime);
            _json.WriteString("level"u8, NameOf(level));
            _json.WriteString("event"u8, name);
            if (message is not null)
                _json.WriteString("message"u8, message);
            else if (state is IReadOnlyList<KeyValuePair<string, object?>> fields)
                WriteFields(fields);
            if (exception is not null)
                _json.WriteString("exception"u8, exception.ToString());
            _json.WriteEndObject();
            _json.Flush();
            _json.Reset();
            _buffer.Write("\n"u8);
            if (level >= LogLevel.Error || _buffer.WrittenCount >= FullBuffer)
                Write();
            else if (!_isAwaited)
                _isAwaited = _timer.Change(FlushInterval, Timeout.InfiniteTimeSpan);
        }
    }

    public void Flush()
    {
        lock (_gate)
        {
            _isAwaited = false;
            Write();
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        Flush();
        _json.Dispose();
    }

    private void Write()
    {
        if (_buffer.WrittenCount == 0)
            return;
        try
        {
            _out.Write(_buffer.WrittenSpan);
            _out.Flush();
        }
        catch (IOException)
        {
            // Nobody reads our output any more; requests go on.
        }

        _buffer.ResetWrittenCount();
    }

    private void WriteFields(IReadOnlyList<KeyValuePair<string, object?>> fields)
    {
        for (var i = 0; i < fields.Count; i++)
        {
            var (name, value) = fields[i];
            if (value is null || name == "{OriginalFormat}")
                continue;
            _json.WritePropertyName(name);
            switch (value)
            {
                case int number: _json.WriteNumberValue(number); break;
                case double number: _json.WriteNumberValue(number); break;
                case decimal number: _json.WriteNumberValue(number); break;
                default: _json.WriteStringValue(value as string ?? value.ToString()); break;
            }
        }
    }

    private static ReadOnlySpan<byte> NameOf(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace"u8,
        LogLevel.Debug => "debug"u8,
        LogLevel.Information => "info"u8,
        LogLevel.Warning => "warning"u8,
        LogLevel.Error => "error"u8,
        _ => "critical"u8,
    };
}
