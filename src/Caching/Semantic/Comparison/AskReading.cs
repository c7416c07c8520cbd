namespace Gateway.Caching.Semantic.Comparison;

/// <summary>What an ask says, as far as two asks are compared. Read once, compared with as many as there are.</summary>
public sealed class AskReading
{
    /// <summary>The most characters of an ask that is compared.</summary>
    public const int MostCharacters = 8192;

    private AskReading(bool isTooLong) => IsTooLong = isTooLong;

    internal bool IsTooLong { get; }

    /// <summary>Content in the order of the text.</summary>
    internal List<AskItem> Items { get; } = new(24);

    /// <summary>What each negation is of: the key of the next item, 0 for none.</summary>
    internal List<ulong> Negated { get; } = [];

    internal WordRoles Roles { get; set; }

    internal QuestionKind Kind { get; set; }

    internal ulong Symbols { get; set; }

    internal ulong Code { get; set; }

    internal string? Language { get; set; }

    /// <summary>Reads an ask.</summary>
    public static AskReading Of(string text)
    {
        var reading = new AskReading(text.Length > MostCharacters);
        if (!reading.IsTooLong)
            AskReader.Read(text, reading);
        return reading;
    }
}

/// <summary>Which roles occur in an ask, a bit each.</summary>
/// <param name="Bits">The bits.</param>
internal readonly record struct WordRoles(ulong Bits)
{
    public WordRoles With(WordRole role) => new(Bits | (1UL << (int)role));

    public WordRoles Without(WordRole role) => new(Bits & ~(1UL << (int)role));

    public bool Has(WordRole role) => (Bits & (1UL << (int)role)) != 0;

    /// <summary>Those of the given ones that occur.</summary>
    public ulong Of(WordRole first, WordRole last) => (Bits >> (int)first) & ((1UL << (last - first + 1)) - 1);
}
