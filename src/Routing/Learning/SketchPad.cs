namespace Gateway.Routing.Learning;

/// <summary>Where a scorer leaves the sketch of the prompt it scored, so that an outcome can be learned from; used again and again.</summary>
public sealed class SketchPad
{
    private readonly byte[] _bytes = new byte[Learning.Sketch.MostBytes];

    /// <summary>The sketch; empty until a prompt was scored.</summary>
    public ReadOnlySpan<byte> Sketch => _bytes.AsSpan(0, Length);

    /// <summary>Mark of the artefact that scored.</summary>
    public uint Artefact { get; private set; }

    /// <summary>Version of the correction that was applied; 0 for none.</summary>
    public uint Version { get; private set; }

    private int Length { get; set; }

    /// <summary>Notes what the prompt is scored by.</summary>
    public void Begin(uint artefact, Correction? correction) => (Length, Artefact, Version) = (0, artefact, correction?.Version ?? 0);

    /// <summary>Takes the sketch of a prompt.</summary>
    /// <param name="score">What the default weights alone said.</param>
    /// <param name="features">The prompt's features.</param>
    public void Take(float score, in Complexity.Features.PromptFeatures features) => Length = Learning.Sketch.Write(_bytes, score, features);

    public void Clear() => (Length, Artefact, Version) = (0, 0, 0);
}
