using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Gateway.Configuration;

/// <summary>What is learned from outcomes, and how. Features are kept, text never.</summary>
public sealed record LearningOptions
{
    [Description("Whether outcomes are taken and learned from; without it POST /v1/feedback is answered 404.")]
    public bool Enabled { get; init; } = true;

    [Description("Recent requests that feedback can be given for; the oldest make room. A change needs a restart.")]
    [Range(1, 1_000_000)]
    public int RecentRequests { get; init; } = 10_000;

    [Description("How long feedback can be given for a request.")]
    public TimeSpan FeedbackWithin { get; init; } = TimeSpan.FromHours(24);

    [Description("Outcomes kept for each model; the oldest make room.")]
    [Range(100, 100_000)]
    public int Outcomes { get; init; } = 5_000;

    [Description("New outcomes of a model after which a correction is fitted anew.")]
    [Range(1, 100_000)]
    public int RefitAfter { get; init; } = 50;

    [Description("How a new correction is tried before it is promoted.")]
    public CanaryOptions Canary { get; init; } = new();

    [Description("Asking a cascade's other pool too, after the answer was delivered, to compare.")]
    public ShadowOptions Shadow { get; init; } = new();
}

/// <summary>How a new correction is tried before it is promoted.</summary>
public sealed record CanaryOptions
{
    [Description("Share of the conversations that it decides for, in [0, 1].")]
    [Range(0, 1)]
    public double Share { get; init; } = 0.10;

    [Description("Outcomes after which it is promoted or rolled back.")]
    [Range(10, 100_000)]
    public int Outcomes { get; init; } = 50;

    [Description("Time after which it is promoted or rolled back, however few outcomes there are.")]
    public TimeSpan Longest { get; init; } = TimeSpan.FromHours(24);
}

/// <summary>Asking a cascade's other pool too. Costs tokens, and is therefore off.</summary>
public sealed record ShadowOptions
{
    [Description("Share of a cascade's answered requests for which the other pool is asked too, in [0, 1].")]
    [Range(0, 1)]
    public double Share { get; init; }

    [Description("Pool that is asked which answer is better. Absent: the answers are compared by what they say.")]
    public string? Judge { get; init; }

    [Description("Such calls at a time; others are left out. A change needs a restart.")]
    [Range(1, 64)]
    public int Concurrent { get; init; } = 1;

    [Description("Requests in flight per replica from which a pool is too busy to be asked.")]
    [Range(1, 10_000)]
    public int BusyFrom { get; init; } = 8;

    [Description("Largest request, and largest answer, that are kept in memory for such a call, in bytes.")]
    [ByteSize, Range(1024, 16 * 1024 * 1024)]
    public int MaxBytes { get; init; } = 256 * 1024;
}
