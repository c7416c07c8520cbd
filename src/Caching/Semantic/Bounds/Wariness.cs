namespace Gateway.Caching.Semantic.Bounds;

/// <summary>Hears from checked hits whether a class has turned bad: a cumulative sum that wrong ones raise and right ones lower. Not safe for threads.</summary>
/// <remarks>
/// Page's test between half the bearable share and four times it. It is silent at zero; above zero more is checked; at the alarm, that is after
/// three wrong ones close together, what was right before is forgotten, since a bar that thousands of old verdicts hold up would fall too late.
/// </remarks>
internal sealed class Wariness
{
    private const double Alarm = 5;
    private static readonly double Up = Math.Log(8);

    public double Sum { get; set; }

    public bool IsRaised => Sum > 0;

    /// <returns>Whether to alarm.</returns>
    public bool Hear(bool wasRight, double bearable)
    {
        Sum = wasRight ? Math.Max(0, Sum + Math.Log((1 - (4 * bearable)) / (1 - (bearable / 2)))) : Sum + Up;
        if (Sum < Alarm)
            return false;
        Sum = Up;
        return true;
    }
}
