using System.Collections.Immutable;

namespace Gateway.Guardrails;

/// <summary>Which guards inspect a request and its answer, in order.</summary>
/// <param name="Name">The policy's name in the configuration.</param>
/// <param name="Version">Changes with everything that may change what passes: part of the scope of cached answers.</param>
/// <param name="Input">Steps for requests.</param>
/// <param name="Output">Steps for answers.</param>
public sealed record GuardPolicy(string Name, string Version, ImmutableArray<GuardStep> Input, ImmutableArray<GuardStep> Output)
{
    /// <summary>The one that inspects nothing.</summary>
    public static readonly GuardPolicy None = new("none", "none", [], []);

    /// <summary>Whether a guard of answers looks at the prompt.</summary>
    public bool ReadsPrompt
    {
        get
        {
            foreach (var step in Output)
            {
                if (step.Remote is not null || step.Local is { ReadsPrompt: true })
                    return true;
            }

            return false;
        }
    }

    /// <summary>How long a stream's text may be held back.</summary>
    public WindowLimits Window { get; init; } = WindowLimits.Default;
}

/// <summary>How long text of a stream may be held back because something in it is open; then it is judged as if it ended there.</summary>
/// <param name="Characters">Bytes held back of one text at most.</param>
/// <param name="Time">The longest that text waits while the upstream is silent.</param>
public sealed record WindowLimits(int Characters, TimeSpan Time)
{
    public static readonly WindowLimits Default = new(1024, TimeSpan.FromSeconds(1));
}
