namespace Gateway.Telemetry;

/// <summary>Logging to JSON lines, for the framework's logging.</summary>
internal sealed class JsonLineLogging(JsonLines lines) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new JsonLineLogger(categoryName, lines);

    public void Dispose() => lines.Dispose();

    private sealed class JsonLineLogger(string category, JsonLines lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        /// <summary>Our own events are their fields; of anybody else's the sentence is what can be read.</summary>
        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (category.StartsWith("Gateway.", StringComparison.Ordinal) && eventId.Name is { } name)
                lines.Add(logLevel, name, state, null, exception);
            else
                lines.Add(logLevel, category, state, formatter(state, exception), exception);
        }
    }
}
