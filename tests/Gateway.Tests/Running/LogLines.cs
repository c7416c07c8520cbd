using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Gateway.Tests.Running;

/// <summary>Keeps what the gateway logs, as text.</summary>
internal sealed class LogLines : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyCollection<string> Lines => _lines;

    public ILogger CreateLogger(string categoryName) => this;

    public void Dispose()
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
            _lines.Enqueue($"{logLevel}: {formatter(state, exception)}{(exception is null ? "" : $"\n{exception}")}");
    }

    /// <summary>Waits for the line of a request; its end may be a moment after the caller has its answer.</summary>
    public async Task<string> RequestAsync(int number = 1)
    {
        for (var i = 0; i < 500; i++)
        {
            if (_lines.Where(line => line.Contains("request req-", StringComparison.Ordinal)).ElementAtOrDefault(number - 1) is { } line)
                return line;
            await Task.Delay(10);
        }

        throw new TimeoutException($"no line of request {number} among: {string.Join('\n', _lines)}");
    }
}
