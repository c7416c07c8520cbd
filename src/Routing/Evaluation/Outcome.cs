namespace Gateway.Routing.Evaluation;

/// <summary>A router's score of one prompt, and what both models scored on it.</summary>
/// <param name="Score">Higher means: send it to the large model.</param>
/// <param name="Weak">Quality of the small model's answer.</param>
/// <param name="Strong">Quality of the large model's answer.</param>
public readonly record struct Outcome(double Score, double Weak, double Strong)
{
    public double Gain => Strong - Weak;
}
