namespace Gateway.Routing.Complexity.Features;

/// <summary>How counts become a vector: how rare each gram is, and where the dense statistics are centred. Part of every artefact.</summary>
public sealed class FeatureSpace
{
    /// <summary>Dense values further out than so many deviations count as that: one odd prompt must not decide by its length alone.</summary>
    private const float MostDeviations = 3;

    // Added to the squared length of a block before it is brought to length 1: about what 50 words, or 330 runs, of middling rarity come to, so
    // that the few grams of a short ask do not decide as surely as the many of a long one. Costs no APGR (bench/Routing/README.md).
    private const float WordDamping = 3000;
    private const float CharacterDamping = 10_000;

    private readonly float[] _means;
    private readonly float[] _inverseDeviations;

    /// <param name="rarity">One byte a bucket, <see cref="Grams.Space"/> of them.</param>
    /// <param name="rarityStep">Inverse document frequency (natural logarithm, at least 1) of one unit of rarity.</param>
    /// <param name="means">Of the dense statistics, in their order.</param>
    /// <param name="deviations">Of the dense statistics; one that never varied has 0 and always counts as 0.</param>
    public FeatureSpace(byte[] rarity, float rarityStep, float[] means, float[] deviations)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(rarity.Length, Grams.Space);
        ArgumentOutOfRangeException.ThrowIfNotEqual(means.Length, DenseVector.Size);
        ArgumentOutOfRangeException.ThrowIfNotEqual(deviations.Length, DenseVector.Size);
        (Rarity, RarityStep, _means, Deviations) = (rarity, rarityStep, means, deviations);
        _inverseDeviations = Array.ConvertAll(deviations, deviation => deviation > 0 ? 1 / deviation : 0);
    }

    internal byte[] Rarity { get; }

    internal float RarityStep { get; }

    internal ReadOnlySpan<float> Means => _means;

    internal float[] Deviations { get; }

    /// <summary>Writes the prompt's sparse vector, each block of a length a little under 1: further under, the shorter the ask.</summary>
    /// <param name="features">The prompt.</param>
    /// <param name="into">At least as long as <see cref="PromptFeatures.Grams"/>, of which as many are written, in their order.</param>
    public void Project(in PromptFeatures features, Span<SparseValue> into)
    {
        var grams = features.Grams;
        var words = 0f;
        var characters = 0f;
        for (var i = 0; i < grams.Length; i++)
        {
            var value = Weigh(grams[i]);
            into[i] = new SparseValue(grams[i].Gram, value);
            if (grams[i].Gram < Grams.Block)
                words += value * value;
            else
                characters += value * value;
        }

        (words, characters) = (WordsToUnit(words), CharactersToUnit(characters));
        for (var i = 0; i < grams.Length; i++)
            into[i] = into[i] with { Value = into[i].Value * (into[i].Index < Grams.Block ? words : characters) };
    }

    /// <summary>The dense statistics in deviations from their means, clipped.</summary>
    public DenseVector Standardise(in DenseVector dense)
    {
        var standard = default(DenseVector);
        for (var i = 0; i < DenseVector.Size; i++)
            standard[i] = float.Clamp((dense[i] - _means[i]) * _inverseDeviations[i], -MostDeviations, MostDeviations);
        return standard;
    }

    /// <summary>(1 + log count) · idf, not yet over the block's length.</summary>
    internal float Weigh(GramCount gram) => Dampen(gram.Count) * Rarity[gram.Gram] * RarityStep;

    /// <summary>What words whose squares add up to <paramref name="squares"/> are multiplied by.</summary>
    internal static float WordsToUnit(float squares) => 1 / MathF.Sqrt(squares + WordDamping);

    /// <summary>The same for runs of characters.</summary>
    internal static float CharactersToUnit(float squares) => 1 / MathF.Sqrt(squares + CharacterDamping);

    /// <summary>A word said ten times is not ten times as telling.</summary>
    internal static float Dampen(int count) => count == 1 ? 1 : 1 + MathF.Log(count);
}
