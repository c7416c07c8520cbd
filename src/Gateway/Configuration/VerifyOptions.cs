using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Gateway.Configuration;

/// <summary>How the answers of a cascade's smaller pools are judged before any of them is shown.</summary>
public sealed record VerifyOptions
{
    [Description("Tokens of a stream that are held back and judged. Tool calls and JSON are held whole.")]
    [Range(1, 4096)]
    public int Tokens { get; init; } = 32;

    [Description("Structural checks to make, by name. Absent: all of them; an empty list: none.")]
    [Policy(PolicyKind.AnswerCheck)]
    public IReadOnlyList<string>? Checks { get; init; }

    [Description("Whether the pool is asked for its tokens' log-probabilities, which are weighed and not shown to callers that did not ask.")]
    public bool Logprobs { get; init; } = true;

    [Description("Chance of being right, in [0, 1], below which an answer is given up for the larger pool's.")]
    [Range(0, 1)]
    public double MinConfidence { get; init; } = 0.55;

    [Description("What an escalation costs, measured in right answers, in [0, 1]: given up is an answer whose chance of being wrong, times large_right, exceeds it. Given, it decides in place of min_confidence.")]
    [Range(0, 1)]
    public double? Price { get; init; }

    [Description("Chance that the larger pool's answer is right, in (0, 1]; reckoned with when there is a price.")]
    [Range(0.01, 1)]
    public double LargeRight { get; init; } = 0.8;

    [Description("Complexity below which prompts are answered on the structural checks alone, in [0, 1].")]
    [Range(0, 1)]
    public double Above { get; init; }

    [Description("Near the line the larger pool is asked at the same time as the smaller one, and given up when the smaller one's answer is shown. Absent: it is asked only when it is needed.")]
    public HedgeOptions? Hedge { get; init; }
}
