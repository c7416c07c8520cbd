using Gateway.Guardrails.Injection;

namespace Gateway.Bench.Guardrails.Injection;

/// <summary>Logistic regression by AdaGrad over hashed n-grams. The same data and seed give the same weights.</summary>
/// <remarks>
/// That a text is an attack does not say which of its windows is. So after a first fit to all windows the model is fitted anew to those of
/// each attack that it finds most telling, and to all of the others.
/// </remarks>
public sealed class LinearFit(int bits, int seed)
{
    private const int Epochs = 4;
    private const float Rate = 0.12f;
    private const float Shrink = 2e-6f;
    private const float Enough = 0.004f;

    private readonly float[] _weights = new float[1 << bits];
    private readonly float[] _squares = new float[1 << bits];
    private readonly float[] _intercepts = new float[WindowShape.Sizes];
    private readonly float[] _interceptSquares = new float[WindowShape.Sizes];

    public LinearHead Fit(WindowSet set)
    {
        Array.Fill(_intercepts, -2);
        Balance(set);
        TextWindow[] windows = [.. set.Windows];
        Run(set, windows, 2);
        Run(set, Telling(set), Epochs);
        return Quantise();
    }

    /// <summary>Attacks weigh half as much as all else together.</summary>
    private static void Balance(WindowSet set)
    {
        var attacks = set.Windows.Where(window => window.IsAttack).Sum(window => (double)window.Weight);
        var others = set.Windows.Where(window => !window.IsAttack).Sum(window => (double)window.Weight);
        var factor = (float)Math.Clamp(others / 2 / attacks, 0.2, 10);
        for (var i = 0; i < set.Windows.Count; i++)
        {
            if (set.Windows[i].IsAttack)
                set.Windows[i] = set.Windows[i] with { Weight = set.Windows[i].Weight * factor };
        }
    }

    private TextWindow[] Telling(WindowSet set)
    {
        var best = new Dictionary<int, float>();
        foreach (var window in set.Windows.Where(window => window.IsAttack))
            best[window.Text] = Math.Max(best.GetValueOrDefault(window.Text, float.NegativeInfinity), Score(set, window));
        return [.. set.Windows.Where(window => !window.IsAttack || Score(set, window) is var score && (score >= 1.5f || score >= best[window.Text]))];
    }

    private void Run(WindowSet set, TextWindow[] windows, int epochs)
    {
        var (chance, shift) = (new Random(seed), 32 - bits);
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            chance.Shuffle(windows);
            foreach (var window in windows)
            {
                var error = (1 / (1 + MathF.Exp(-Score(set, window)))) - (window.IsAttack ? 1 : 0);
                if (MathF.Abs(error) < Enough)
                    continue;
                var size = WindowShape.SizeOf(window.Tokens);
                var slope = error * window.Weight;
                _interceptSquares[size] += slope * slope;
                _intercepts[size] -= Rate * slope / (MathF.Sqrt(_interceptSquares[size]) + 1e-3f);
                slope *= WindowShape.WeightOf(window.Tokens);
                foreach (var gram in set.GramsOf(window))
                {
                    var at = gram >> shift;
                    var step = slope + (Shrink * _weights[at]);
                    _squares[at] += step * step;
                    _weights[at] -= Rate * step / (MathF.Sqrt(_squares[at]) + 0.5f);
                }
            }
        }
    }

    private float Score(WindowSet set, in TextWindow window)
    {
        var (sum, shift) = (0f, 32 - bits);
        foreach (var gram in set.GramsOf(window))
            sum += _weights[gram >> shift];
        return _intercepts[WindowShape.SizeOf(window.Tokens)] + (sum * WindowShape.WeightOf(window.Tokens));
    }

    private LinearHead Quantise()
    {
        float[] sizes = [.. _weights.Select(MathF.Abs).Order()];
        var scale = Math.Max(sizes[(int)(sizes.Length * 0.9995)], 1e-6f) / sbyte.MaxValue;
        return new LinearHead(_intercepts, scale, Array.ConvertAll(_weights, weight => (sbyte)Math.Clamp(MathF.Round(weight / scale), -127, 127)), [new FalsePositiveLevel(0.5f, 0)]);
    }
}
