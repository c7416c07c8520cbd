namespace Gateway.Calibration;

/// <summary>One request of the traffic that a threshold is calibrated on.</summary>
/// <param name="Score">Its complexity in [0, 1].</param>
/// <param name="Prompt">Prompt tokens, counted by the engine where the row is a log line, else estimated.</param>
/// <param name="Completion">Generated tokens; the same.</param>
/// <param name="Quality">What both models' answers were worth; null where nobody judged them.</param>
internal sealed record CalibrationRow(double Score, int Prompt, int Completion, Quality? Quality);

/// <summary>What two models' answers to one prompt were worth, each in [0, 1].</summary>
internal readonly record struct Quality(double Weak, double Strong);
