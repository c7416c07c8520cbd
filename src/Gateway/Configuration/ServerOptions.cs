using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Gateway.Configuration;

/// <summary>Listeners, request limits and drain. A change here needs a restart; everything else in the file is hot.</summary>
public sealed record ServerOptions
{
    [Description("Where callers connect.")]
    [Listener]
    public Uri Listen { get; init; } = new("http://0.0.0.0:8080");

    [Description("Where probes, metrics and administration connect; never the callers' port.")]
    [Listener]
    public Uri Admin { get; init; } = new("http://127.0.0.1:9090");

    [Description("Largest request body, in bytes; a larger one is answered 413.")]
    [ByteSize, Range(1024, 1024 * 1024 * 1024)]
    public long MaxRequestBytes { get; init; } = 32 * 1024 * 1024;

    [Description("Largest request header block, in bytes; a larger one is answered 431.")]
    [ByteSize, Range(1024, 1024 * 1024)]
    public int MaxHeaderBytes { get; init; } = 32 * 1024;

    [Description("Deepest nesting of a request body; a deeper one is answered 400.")]
    [Range(4, 1024)]
    public int MaxJsonDepth { get; init; } = 64;

    [Description("Slowest body that is waited for, in bytes per second after a grace of 5 s; a slower sender is answered 408.")]
    [Range(1, 1_000_000_000)]
    public double MinBodyBytesPerSecond { get; init; } = 240;

    [Description("How long a stream may be silent before a comment is sent to keep it open.")]
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(15);

    [Description("On SIGTERM: how long running answers may go on before they are ended with an error.")]
    public TimeSpan Drain { get; init; } = TimeSpan.FromSeconds(110);
}
