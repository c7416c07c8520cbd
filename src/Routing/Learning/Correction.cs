using System.Globalization;
using Gateway.Routing.Complexity.Features;

namespace Gateway.Routing.Learning;

/// <summary>What a deployment's own outcomes say about a prompt, blended with the default's word. Immutable.</summary>
/// <remarks>
/// <code>corrected = default + trust · (own − default)</code>
/// where own is a ridge over folded word grams and dense statistics, in the default's unit: gain in standard deviations.
/// </remarks>
public sealed class Correction
{
    private readonly float[] _grams;
    private readonly float[] _dense;
    private readonly DenseSpread _scale;
    private readonly float _bias;

    internal Correction(CorrectionMark mark, float[] grams, float[] dense, DenseSpread scale, float bias)
    {
        Mark = mark;
        (_grams, _dense, _scale, _bias) = (grams, dense, scale, bias);
        Version = CorrectionCodec.VersionOf(this);
    }

    public CorrectionMark Mark { get; }

    /// <summary>Hash of the content: the same outcomes give the same version, on every gateway. Never 0.</summary>
    public uint Version { get; }

    /// <summary>The version as people read it.</summary>
    public string Name => Version.ToString("x8", CultureInfo.InvariantCulture);

    internal ReadOnlySpan<float> Grams => _grams;

    internal ReadOnlySpan<float> Dense => _dense;

    internal DenseSpread Scale => _scale;

    internal float Bias => _bias;

    /// <summary>The corrected score of a prompt. Allocates nothing.</summary>
    /// <param name="score">What the default weights alone say.</param>
    /// <param name="features">The prompt's features.</param>
    public float Apply(float score, in PromptFeatures features)
    {
        var (sum, squares) = (0f, 0f);
        foreach (var gram in features.Grams)
        {
            if (gram.Gram >= Complexity.Features.Grams.Block)
                continue;
            var folded = FoldedGram.Of(gram.Gram);
            var value = FoldedGram.Weigh(int.Min(gram.Count, byte.MaxValue));
            sum += _grams[folded.Bucket] * (folded.Sign * value);
            squares += value * value;
        }

        var own = _bias + (squares > 0 ? sum / MathF.Sqrt(squares) : 0);
        for (var i = 0; i < DenseVector.Size; i++)
            own += _dense[i] * _scale.Apply(i, features.Dense[i]);
        return score + (Mark.Trust * (own - score));
    }

    /// <summary>The corrected score of a prompt that was sketched.</summary>
    public float Apply(Sketch sketch)
    {
        var own = _bias;
        for (var i = 0; i < sketch.Pairs; i++)
        {
            var (bucket, value) = sketch.Pair(i);
            own += _grams[bucket] * value;
        }

        for (var i = 0; i < DenseVector.Size; i++)
            own += _dense[i] * _scale.Apply(i, sketch.Dense(i));
        return sketch.Score + (Mark.Trust * (own - sketch.Score));
    }
}
