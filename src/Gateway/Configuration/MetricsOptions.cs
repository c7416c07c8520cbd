using System.ComponentModel;

namespace Gateway.Configuration;

/// <summary>Whether a pool's replicas are asked for their metrics and for what they can do.</summary>
public sealed record MetricsOptions
{
    [Description("Whether replicas are asked for their metrics and for what they can do. Absent: those at http addresses, which are our own.")]
    public bool? Scrape { get; init; }

    [Description("Time between two scrapes of a replica that is busy.")]
    public TimeSpan Interval { get; init; } = TimeSpan.FromMilliseconds(250);

    [Description("Time between two scrapes of a replica that idles; the first request to it ends the wait.")]
    public TimeSpan IdleInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether a replica at this address is asked.</summary>
    public bool Reads(Uri address) => Scrape ?? address.Scheme == Uri.UriSchemeHttp;
}
