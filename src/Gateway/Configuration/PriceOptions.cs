using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Gateway.Configuration;

/// <summary>USD per million tokens.</summary>
public sealed record PriceOptions
{
    [Description("USD per million prompt tokens.")]
    [Range(0, 1_000_000)]
    public decimal Input { get; init; }

    [Description("USD per million generated tokens.")]
    [Range(0, 1_000_000)]
    public decimal Output { get; init; }

    [Description("USD per million prompt tokens that the replica had cached. Absent: the price of input.")]
    [Range(0, 1_000_000)]
    public decimal? CachedInput { get; init; }
}
