using System.Runtime.CompilerServices;

namespace Gateway.Routing.Complexity.Features;

/// <summary>What one pass over the ask counts, besides the grams.</summary>
internal struct AskCounts
{
    public int Characters;
    public int Letters;
    public int Capitals;
    public int Digits;
    public int Spaces;

    public int Words;
    public int WordLetters;
    public int LongWords;
    public int VeryLongWords;
    public int DistinctWords;
    public int CapitalisedWords;
    public int JoinedWords;

    public int Numbers;
    public int LongestNumber;
    public int DecimalPoints;

    public int Sentences;
    public int QuestionMarks;
    public int Quotes;
    public int Commas;
    public int Parentheses;
    public int Blanks;

    public int CodeMarks;
    public int Backslashes;
    public int Dollars;
    public int Powers;
    public int Equalities;
    public int Operators;

    public int Lines;
    public int EmptyLines;
    public int IndentedLines;
    public int ListLines;

    public int Options;
    public int OptionBytes;
    public int LongestOption;
    public int NumericOptions;
    public int StemBytes;

    public bool BeginsWithQuestion;
    public bool BeginsWithOrder;
    public ByClass Classes;

    /// <summary>Words by class.</summary>
    [InlineArray((int)WordClass.Stop + 1)]
    internal struct ByClass
    {
        private int _first;
    }
}
