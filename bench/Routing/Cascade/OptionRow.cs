using Gateway.Bench.Routing.Rows;

namespace Gateway.Bench.Routing.Cascade;

/// <summary>A multiple-choice answer with the log-probabilities that the small model gave the options.</summary>
/// <param name="Row">Its labels; the prompt's text is not known.</param>
/// <param name="Logs">Log-probabilities, the likeliest first.</param>
/// <param name="Choice">Which option it chose.</param>
public sealed record OptionRow(LabelledRow Row, double[] Logs, int Choice)
{
    /// <summary>As the gateway sees a one-token answer with two alternatives: <c>ConfidenceModel.TokenNames</c>.</summary>
    public double[] TokenFeatures => [Logs[0], Logs[0], Margin, Logs[0] < Math.Log(0.5) ? 1 : 0];

    /// <summary>What all options tell: their log-probabilities, the margin, the entropy, which one was chosen.</summary>
    public double[] OptionFeatures =>
        [.. Logs.Select(log => Math.Max(log, -12)), Margin, Entropy, Math.Log(1.02 - Math.Min(1, Math.Exp(Logs[0]))), .. Enumerable.Range(0, Logs.Length).Select(option => option == Choice ? 1.0 : 0)];

    public double Margin => Math.Exp(Logs[0]) - Math.Exp(Logs[1]);

    public double Entropy => -Logs.Sum(log => Math.Exp(log) * log);
}
