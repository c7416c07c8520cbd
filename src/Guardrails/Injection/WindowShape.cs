namespace Gateway.Guardrails.Injection;

/// <summary>How a text is cut for judging: overlapping windows of two sizes, so that a short attack in a long text is not averaged away.</summary>
/// <remarks>
/// A window ends with every block; the short ones are about a sentence or two, the long ones about a paragraph. A model trained and a model
/// applied must agree about all of it: changing anything here is a new <see cref="InjectionArtefact.Version"/>.
/// </remarks>
public static class WindowShape
{
    /// <summary>Tokens of a block.</summary>
    public const int Block = 8;

    /// <summary>Blocks of a short window.</summary>
    public const int Short = 2;

    /// <summary>Blocks of a long window.</summary>
    public const int Long = 8;

    /// <summary>Sizes of windows that have an intercept of their own.</summary>
    public const int Sizes = 7;

    /// <summary>Which of the <see cref="Sizes"/> a window has.</summary>
    public static int SizeOf(int tokens) => tokens switch { <= 4 => 0, <= 8 => 1, <= 16 => 2, <= 24 => 3, <= 32 => 4, <= 80 => 5, _ => 6 };

    /// <summary>What the sum over a window is multiplied with: between a sum, in which long windows shout, and a mean, in which they drown.</summary>
    public static float WeightOf(int tokens) => MathF.Sqrt(32f / Math.Max(tokens, 12));
}
