namespace Gateway.Caching.Semantic.Comparison;

/// <summary>What two asks differ in so that the answer to one need not be the other's.</summary>
public enum AskDifference
{
    /// <summary>They are in two languages.</summary>
    Language,

    /// <summary>Their blocks of code are not the same.</summary>
    Code,

    /// <summary>Their operators and brackets are not the same.</summary>
    Symbols,

    /// <summary>One asks how, the other why.</summary>
    Question,

    /// <summary>One says not where the other does not, or of something else.</summary>
    Negation,

    /// <summary>A number, a date or an ordinal is only in one.</summary>
    Number,

    /// <summary>A unit or a currency is only in one.</summary>
    Unit,

    /// <summary>A path, a version or another name for machines is only in one.</summary>
    Identifier,

    /// <summary>A quoted word is only in one.</summary>
    Quotation,

    /// <summary>A name is only in one.</summary>
    Name,

    /// <summary>A word of one has its opposite in the other.</summary>
    Opposite,

    /// <summary>The answer's form is asked for in one only, or otherwise.</summary>
    Form,

    /// <summary>A word that matters is only in one.</summary>
    Word,

    /// <summary>One speaks of all, the other of some.</summary>
    Quantity,

    /// <summary>One asks what must be, the other what may be.</summary>
    Modality,

    /// <summary>One is about what was, the other about what is or will be.</summary>
    Tense,

    /// <summary>One is about another person.</summary>
    Person,

    /// <summary>The same words stand the other way round.</summary>
    Order,

    /// <summary>They are too long to be compared.</summary>
    Length,
}

/// <summary>Differences in words, for headers and logs: they quote neither ask.</summary>
public static class AskDifferenceReason
{
    private static readonly string[] Reasons =
    [
        "the asks are in two languages", "the code differs", "the symbols differ", "the question words differ", "one is negated",
        "a number differs", "a unit differs", "an identifier differs", "a quotation differs", "a name differs", "a word is the opposite",
        "the form asked for differs", "a word differs", "all or some differs", "can, must or should differs", "the tense differs",
        "the person differs", "the order differs", "the asks are too long to be compared",
    ];

    /// <summary>A difference in a few words.</summary>
    public static string Reason(this AskDifference difference) => Reasons[(int)difference];
}
