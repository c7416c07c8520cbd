using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Gateway.Routing.Complexity.Keywords;

namespace Gateway.Configuration;

/// <summary>What makes a prompt strong for the scorer <c>keywords</c>: any of the three. The defaults are the reference rule's.</summary>
public sealed record KeywordOptions
{
    [Description("Words that make a prompt strong wherever they stand, also inside a longer word; upper and lower case are the same.")]
    public IReadOnlyList<string> Words { get; init; } = KeywordRule.Reference.Words;

    [Description("Characters of all messages together above which a prompt is strong.")]
    [Range(0, int.MaxValue)]
    public int Characters { get; init; } = KeywordRule.Reference.Characters;

    [Description("Messages of any role above which a prompt is strong.")]
    [Range(0, int.MaxValue)]
    public int Messages { get; init; } = KeywordRule.Reference.Messages;

    internal KeywordRule ToRule() => new(Words, Characters, Messages);
}
