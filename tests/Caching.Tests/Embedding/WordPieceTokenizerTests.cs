using Gateway.Caching.Embedding.Builtin;
using Gateway.Caching.Embedding.WordPiece;

namespace Gateway.Caching.Tests.Embedding;

public sealed class WordPieceTokenizerTests
{
    private static readonly WordPieceTokenizer Tokenizer = new(
        new WordPieceVocabulary(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "un", "##break", "##able", "cafe", "!", "a", "漢"]), isUncased: true);

    [Theory]
    [InlineData("unbreakable", new[] { 4, 5, 6 })]
    [InlineData("Café !", new[] { 7, 8 })]
    [InlineData("cafe\u0301!a", new[] { 7, 8, 9 })]
    [InlineData("a漢a", new[] { 9, 10, 9 })]
    [InlineData("unbroken a", new[] { 1, 9 })]
    [InlineData("  \t\r\n\0 ", new int[0])]
    public void Text_is_cut_into_the_longest_pieces(string text, int[] expected) => Assert.Equal(expected, Cut(Tokenizer, text, 16));

    [Fact]
    public void A_text_of_more_pieces_than_there_is_room_for_is_refused() => Assert.Equal(-1, Tokenizer.Encode("a a a", new int[2]));

    [Fact]
    public void A_word_of_more_than_a_hundred_letters_is_one_unknown_piece() => Assert.Equal([1], Cut(Tokenizer, new string('a', 101), 4));

    // What the model's own tokenizer makes of these.
    [Theory]
    [InlineData("How do I reset my password?", new[] { 2129, 2079, 1045, 25141, 2026, 20786, 1029 })]
    [InlineData("What is the capital of France?", new[] { 2054, 2003, 1996, 3007, 1997, 2605, 1029 })]
    public void The_built_in_vocabulary_is_that_of_the_model(string text, int[] expected) =>
        Assert.Equal(expected, Cut(BuiltinModel.Tokenizer, text, 16));

    private static int[] Cut(WordPieceTokenizer tokenizer, string text, int room)
    {
        var ids = new int[room];
        return ids[..tokenizer.Encode(text, ids)];
    }
}
