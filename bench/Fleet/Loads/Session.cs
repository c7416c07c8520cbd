namespace Gateway.Bench.Fleet.Loads;

/// <summary>A caller with something to ask, once or turn by turn.</summary>
/// <param name="prompt">Tokens of the first prompt.</param>
/// <param name="turns">How many turns it takes.</param>
/// <param name="growth">Tokens that each further turn adds to what was said.</param>
/// <param name="answer">Tokens of an answer.</param>
/// <param name="think">Between an answer and the next turn.</param>
/// <param name="chance">Draws the tokens.</param>
internal sealed class Session(int[] prompt, int turns, int growth, int answer, TimeSpan think, Random chance)
{
    private int[] _said = prompt;
    private int _turns = turns;

    public TimeSpan Think => think;

    /// <summary>The next turn; null when it has all it wanted.</summary>
    public Job? Next()
    {
        if (_turns-- == 0)
            return null;
        var tokens = Texts.Append(_said, answer, chance);
        var job = new Job(tokens, _said.Length, this);
        _said = Texts.Append(tokens, growth, chance);
        return job;
    }
}
