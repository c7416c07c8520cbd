using Gateway.Routing.Complexity;

namespace Gateway.Routing.Learning;

/// <summary>A scorer whose word the deployment's own outcomes can correct.</summary>
public interface ICorrectableScorer : IComplexityScorer
{
    /// <summary>Mark of its default weights; a correction is made for one of them.</summary>
    uint Artefact { get; }

    /// <summary>Scores in [0, 1]. Allocates nothing.</summary>
    /// <param name="prompt">The prompt.</param>
    /// <param name="correction">What to correct the default's word by; null for the default alone.</param>
    /// <param name="pad">Where to leave the prompt's sketch; null when nobody will want it.</param>
    ComplexityScore Score(in Prompt prompt, Correction? correction, SketchPad? pad);
}
