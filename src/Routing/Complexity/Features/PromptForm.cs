namespace Gateway.Routing.Complexity.Features;

/// <summary>The outer form of a prompt. One statistic can mean different things in different forms: a long list of tools is no long story.</summary>
public enum PromptForm : byte
{
    /// <summary>Running text.</summary>
    Prose,

    /// <summary>A question with answer options.</summary>
    Options,

    /// <summary>Code, or text laid out like it.</summary>
    Code,

    /// <summary>A request with tools offered.</summary>
    Tools,
}

/// <summary>Tells forms apart by the dense statistics.</summary>
public static class PromptForms
{
    public const int Count = (int)PromptForm.Tools + 1;

    /// <summary>Above log(1 + 3) code marks, or with an indented line, a text counts as code.</summary>
    private const float CodeMarks = 1.5f;

    /// <summary>Two options at least: a single "A. Smith" at the start of a line is none.</summary>
    private const float Options = 1;

    public static PromptForm Of(in DenseVector dense) => dense switch
    {
        _ when dense[(int)DenseFeature.Tools] > 0 => PromptForm.Tools,
        _ when dense[(int)DenseFeature.Options] > Options => PromptForm.Options,
        _ when dense[(int)DenseFeature.IndentedLines] > 0 || dense[(int)DenseFeature.CodeMarks] > CodeMarks => PromptForm.Code,
        _ => PromptForm.Prose,
    };
}
