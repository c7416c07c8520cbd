using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Gateway.Configuration;

/// <summary>How many requests a pool takes at once, and how many may wait for a place.</summary>
public sealed record AdmissionOptions
{
    [Description("Off: every request goes to a replica at once, however many there are.")]
    public bool Enabled { get; init; } = true;

    [Description("The most requests in flight at one replica; what is learned of it may lower the number, never raise it. Absent: learned alone.")]
    [Range(1, 100_000)]
    public int? InFlightPerReplica { get; init; }

    [Description("The most requests that wait for a place; beyond it the worst priority and the greediest caller are turned away first.")]
    [Range(0, 100_000)]
    public int Queue { get; init; } = 512;

    [Description("The longest a request waits for a place before the next pool is asked, or the caller told to come back. Below the first token callers expect.")]
    public TimeSpan QueueTimeout { get; init; } = TimeSpan.FromSeconds(30);

    [Description("From this priority on a request is batch traffic, which gets only what people leave and is turned away first.")]
    [Range(1, 1_000_000_000)]
    public int BatchPriority { get; init; } = 10;

    [Description("Batch traffic enters only while less than this share of the capacity is in use, in [0.01, 1].")]
    [Range(0.01, 1)]
    public double BatchShare { get; init; } = 0.8;
}
