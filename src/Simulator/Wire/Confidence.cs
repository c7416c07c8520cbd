using Gateway.Simulator.Text;

namespace Gateway.Simulator.Wire;

/// <summary>Log-probabilities that look like a model's: most tokens near certain, some in doubt, alternatives sharing what is left.</summary>
internal static class Confidence
{
    /// <summary>Probability of the token generated at a position.</summary>
    public static double Of(Script script, int index)
    {
        var draw = Chance.Unit(script.Key, index + script.Skipped);
        if (script.Confidence is { } typical) return Math.Clamp(typical + (draw - 0.5) * 0.1, 0.0001, 0.9999);
        return draw < 0.8 ? 0.9 + draw / 8 : 0.3 + (draw - 0.8) * 3;
    }

    /// <summary>Probability of the <paramref name="rank"/>-th alternative, from 1: each takes half of what its elders left.</summary>
    public static double OfAlternative(double chosen, int rank) => Math.Max((1 - chosen) * Math.Pow(0.5, rank), 1e-9);

    /// <summary>A token that could have stood there.</summary>
    public static Piece Alternative(Script script, int index, int rank)
    {
        var letter = (byte)('a' + Chance.Mix(script.Key + (ulong)(index * 31 + rank)) % 26);
        byte[] text = [(byte)' ', letter, (byte)('a' + rank % 26)];
        StandInTokenizer.Next(text, out var id);
        return new Piece(id, Phase.Content, text);
    }
}
