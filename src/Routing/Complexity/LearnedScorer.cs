using System.Globalization;
using System.Runtime.InteropServices;
using Gateway.Routing.Complexity.Features;
using Gateway.Routing.Learning;

namespace Gateway.Routing.Complexity;

/// <summary><c>learned</c>: predicts what the large model would gain on a prompt, by weights learned from both models' measured answers.</summary>
/// <remarks>
/// <code>
/// prediction = Σ words + Σ runs of characters + Σ statistics     of the ask and the offered tools
/// score      = logistic((prediction − centre) / spread)          the spread is the artefact's own: 0.6 is harder than about 60 % of its prompts
/// </code>
/// The conversation around the ask only informs, by <see cref="ConversationPrior"/>; the system prompt is no feature at all.
/// </remarks>
public sealed class LearnedScorer : ICorrectableScorer
{
    private readonly Cell[] _cells;
    private readonly FeatureSpace _space;
    private readonly DenseVector[] _dense;
    private readonly uint _mark;

    public LearnedScorer(ScorerArtefact artefact)
    {
        Artefact = artefact;
        _space = artefact.Space;
        _dense = artefact.DenseWeights;
        _mark = uint.TryParse(artefact.Id.AsSpan(0, int.Min(8, artefact.Id.Length)), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var mark) ? mark : 0;
        _cells = new Cell[Grams.Space];
        for (var gram = 0; gram < _cells.Length; gram++)
            _cells[gram] = new Cell(_space.Rarity[gram], artefact.GramWeights[gram]);
    }

    public ScorerArtefact Artefact { get; }

    uint ICorrectableScorer.Artefact => _mark;

    public string Version => Artefact.Id;

    public ReadOnlySpan<float> TypicalScores => Artefact.Quantiles;

    /// <summary>Scores in [0, 1] by the ask, its tools and, a little, the conversation. Allocates nothing.</summary>
    public ComplexityScore Score(in Prompt prompt) => Score(prompt, null, null);

    /// <inheritdoc/>
    public ComplexityScore Score(in Prompt prompt, Correction? correction, SketchPad? pad)
    {
        using var features = PromptFeatures.Read(prompt);
        var top = default(ComplexityScore.TopFeatures);
        pad?.Begin(_mark, correction);
        var prediction = Predict(features, correction, pad, ref top);
        if (prompt.Kind == AskKind.FollowUp && !prompt.Topic.IsEmpty)
        {
            // "Yes, do it" is as hard as what it says yes to.
            using var topic = PromptFeatures.Read(prompt.Topic, prompt.ToolsJson);
            var ofTopic = default(ComplexityScore.TopFeatures);
            var inherited = Predict(topic, correction, null, ref ofTopic);
            if (inherited > prediction)
                (prediction, top) = (inherited, ofTopic);
        }

        var logit = Artefact.Scale.LogitOf(prediction) + ConversationPrior.LogitOf(prompt, ref top);
        return new ComplexityScore(ScoreScale.ScoreOf(logit), top, Artefact.Scale.GainOf(prediction));
    }

    /// <summary>The prediction, corrected by what the deployment's own outcomes have taught.</summary>
    private float Predict(in PromptFeatures features, Correction? correction, SketchPad? pad, ref ComplexityScore.TopFeatures top)
    {
        var prediction = Predict(features, ref top);
        pad?.Take(prediction, features);
        if (correction is null)
            return prediction;
        var corrected = correction.Apply(prediction, features);
        top.Offer(new ComplexityScore.Feature("own-traffic", (corrected - prediction) / Artefact.Scale.Spread));
        return corrected;
    }

    /// <summary>The raw prediction, in deviations of a workload's gain, for one prompt's features.</summary>
    public float Predict(in PromptFeatures features)
    {
        var top = default(ComplexityScore.TopFeatures);
        return Predict(features, ref top);
    }

    /// <summary>What both blocks add to the prediction of these asks on average: an explanation tells a prompt from the others.</summary>
    internal (float Words, float Characters) MeanBlocks(IEnumerable<byte[]> asks)
    {
        var (words, characters, count) = (0.0, 0.0, 0);
        foreach (var ask in asks)
        {
            using var features = PromptFeatures.Read(ask, default);
            var (ofWords, ofCharacters) = SumGrams(features.Grams);
            (words, characters, count) = (words + ofWords, characters + ofCharacters, count + 1);
        }

        return count == 0 ? default : ((float)(words / count), (float)(characters / count));
    }

    /// <summary>What one gram adds to the logit of a prompt, were it the only one of its block.</summary>
    internal float LogitOf(int gram) =>
        Artefact.GramWeights[gram] * (gram < Grams.Block ? Artefact.WordStep : Artefact.CharacterStep) / Artefact.Scale.Spread;

    private float Predict(in PromptFeatures features, ref ComplexityScore.TopFeatures top)
    {
        var scale = Artefact.Scale;
        var (words, characters) = SumGrams(features.Grams);
        top.Offer(new ComplexityScore.Feature("wording", (words - scale.MeanWords) / scale.Spread));
        top.Offer(new ComplexityScore.Feature("characters", (characters - scale.MeanCharacters) / scale.Spread));
        var dense = features.Dense;
        ref readonly var weights = ref _dense[(int)PromptForms.Of(dense)];
        var standard = _space.Standardise(dense);
        var statistics = 0f;
        for (var i = 0; i < DenseVector.Size; i++)
        {
            var weight = weights[i] * standard[i];
            statistics += weight;
            top.Offer(new ComplexityScore.Feature(DenseVector.NameOf(i), weight / scale.Spread));
        }

        return words + characters + statistics;
    }

    /// <summary>Both blocks' parts of the prediction; in steps of rarity and weight until the end.</summary>
    private (float Words, float Characters) SumGrams(ReadOnlySpan<GramCount> grams)
    {
        var (words, wordSquares, characters, characterSquares) = (0f, 0f, 0f, 0f);
        foreach (var gram in grams)
        {
            var cell = _cells[gram.Gram];
            var value = FeatureSpace.Dampen(gram.Count) * cell.Rarity;
            if (gram.Gram < Grams.Block)
            {
                words += value * cell.Weight;
                wordSquares += value * value;
            }
            else
            {
                characters += value * cell.Weight;
                characterSquares += value * value;
            }
        }

        var (step, square) = (_space.RarityStep, _space.RarityStep * _space.RarityStep);
        return (
            words * step * Artefact.WordStep * FeatureSpace.WordsToUnit(wordSquares * square),
            characters * step * Artefact.CharacterStep * FeatureSpace.CharactersToUnit(characterSquares * square));
    }

    /// <summary>Rarity and weight side by side: one miss of the cache a gram instead of two.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Cell(byte Rarity, sbyte Weight);
}
