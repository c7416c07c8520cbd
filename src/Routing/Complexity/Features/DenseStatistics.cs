namespace Gateway.Routing.Complexity.Features;

/// <summary>Turns counts into the dense vector.</summary>
internal static class DenseStatistics
{
    /// <param name="counts">What the pass counted, over the part of the ask that was read.</param>
    /// <param name="unread">Bytes of the whole ask over bytes read; at least 1.</param>
    /// <param name="into">The statistics of text are set; those of tools are left.</param>
    public static void Fill(in AskCounts counts, float unread, ref DenseVector into)
    {
        FillSizes(counts, unread, ref into);
        FillMarks(counts, ref into);
        FillLayout(counts, ref into);
        FillWords(counts, ref into);
    }

    public static void Fill(in ToolShape tools, ref DenseVector into)
    {
        into.Set(DenseFeature.Tools, Log(tools.Tools));
        into.Set(DenseFeature.ToolParameters, Log(tools.Parameters));
        into.Set(DenseFeature.ToolRequired, Log(tools.Required));
        into.Set(DenseFeature.ToolArrays, Log(tools.Arrays));
        into.Set(DenseFeature.ToolObjects, Log(tools.Objects));
        into.Set(DenseFeature.ToolChoices, Log(tools.Choices));
        into.Set(DenseFeature.ToolDescriptions, Log(tools.DescriptionBytes));
        into.Set(DenseFeature.ToolNameOverlap, tools.Names.Share);
        into.Set(DenseFeature.ToolDescriptionOverlap, tools.Descriptions.Share);
        into.Set(DenseFeature.ToolParameterOverlap, tools.ParameterNames.Share);
    }

    private static void FillSizes(in AskCounts counts, float unread, ref DenseVector into)
    {
        var words = float.Max(counts.Words, 1);
        var plain = float.Max(counts.Words - counts.Numbers, 1);
        var sentences = float.Max(counts.Sentences, 1);
        into.Set(DenseFeature.Length, Log(counts.Characters * unread));
        into.Set(DenseFeature.Words, Log(counts.Words * unread));
        into.Set(DenseFeature.Sentences, Log(counts.Sentences * unread));
        into.Set(DenseFeature.WordLength, float.Min(counts.WordLetters / plain, 20));
        into.Set(DenseFeature.SentenceLength, Log(counts.Words / sentences));
        into.Set(DenseFeature.LongWords, counts.LongWords / plain);
        into.Set(DenseFeature.VeryLongWords, counts.VeryLongWords / plain);
        into.Set(DenseFeature.Variety, counts.DistinctWords / words);
    }

    private static void FillMarks(in AskCounts counts, ref DenseVector into)
    {
        var characters = float.Max(counts.Characters, 1);
        into.Set(DenseFeature.Capitals, counts.Capitals / float.Max(counts.Letters, 1));
        into.Set(DenseFeature.CapitalisedWords, counts.CapitalisedWords / float.Max(counts.Words, 1));
        into.Set(DenseFeature.Digits, counts.Digits / characters);
        into.Set(DenseFeature.Numbers, Log(counts.Numbers));
        into.Set(DenseFeature.LongestNumber, float.Min(counts.LongestNumber, 12));
        into.Set(DenseFeature.Decimals, Log(counts.DecimalPoints));
        into.Set(DenseFeature.Questions, Log(counts.QuestionMarks));
        into.Set(DenseFeature.Quotes, Log(counts.Quotes));
        into.Set(DenseFeature.Commas, Log(counts.Commas));
        into.Set(DenseFeature.Parentheses, Log(counts.Parentheses));
        into.Set(DenseFeature.Blanks, Log(counts.Blanks));
        into.Set(DenseFeature.JoinedWords, Log(counts.JoinedWords));
        into.Set(DenseFeature.CodeMarks, Log(counts.CodeMarks));
        into.Set(DenseFeature.Backslashes, Log(counts.Backslashes));
        into.Set(DenseFeature.Dollars, Log(counts.Dollars));
        into.Set(DenseFeature.Powers, Log(counts.Powers));
        into.Set(DenseFeature.Equalities, Log(counts.Equalities));
        into.Set(DenseFeature.Operators, Log(counts.Operators));
    }

    private static void FillLayout(in AskCounts counts, ref DenseVector into)
    {
        var options = float.Max(counts.Options, 1);
        into.Set(DenseFeature.Lines, Log(counts.Lines));
        into.Set(DenseFeature.EmptyLines, Log(counts.EmptyLines));
        into.Set(DenseFeature.IndentedLines, Log(counts.IndentedLines));
        into.Set(DenseFeature.ListItems, Log(counts.ListLines));
        into.Set(DenseFeature.Options, Log(counts.Options));
        into.Set(DenseFeature.OptionLength, Log(counts.OptionBytes / options));
        into.Set(DenseFeature.LongestOption, Log(counts.LongestOption));
        into.Set(DenseFeature.NumericOptions, counts.NumericOptions / options);
        into.Set(DenseFeature.StemLength, Log(counts.StemBytes));
    }

    private static void FillWords(in AskCounts counts, ref DenseVector into)
    {
        for (var kind = WordClass.What; kind < WordClass.Stop; kind++)
            into.Set(DenseFeature.AsksWhat + (kind - WordClass.What), Log(counts.Classes[(int)kind]));
        into.Set(DenseFeature.StopWords, counts.Classes[(int)WordClass.Stop] / float.Max(counts.Words, 1));
        into.Set(DenseFeature.BeginsWithQuestion, counts.BeginsWithQuestion ? 1 : 0);
        into.Set(DenseFeature.BeginsWithOrder, counts.BeginsWithOrder ? 1 : 0);
    }

    private static float Log(float count) => MathF.Log(1 + count);
}
