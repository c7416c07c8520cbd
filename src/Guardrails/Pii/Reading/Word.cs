namespace Gateway.Guardrails.Pii.Reading;

/// <summary>A word that recognisers are asked about.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="End">Behind its last byte: letters, digits and underscores.</param>
/// <param name="Digits">How many digits it begins with.</param>
/// <param name="IsSpaced">Its letters stand apart, <c>4 1 1 1</c>: it is the first of several words of one letter.</param>
internal readonly record struct Word(int Start, int End, int Digits, bool IsSpaced)
{
    /// <summary>Words longer than this are blobs, not names of anything that is looked for.</summary>
    public const int Longest = 100;

    public int Length => End - Start;

    public bool IsNumber => Digits == Length;
}
