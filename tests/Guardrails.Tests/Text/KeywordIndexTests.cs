using System.Text;
using CsCheck;
using Gateway.Guardrails.Text;

namespace Gateway.Guardrails.Tests.Text;

public sealed class KeywordIndexTests
{
    /// <summary>Words over three letters in both cases, so that keywords overlap, contain and begin one another.</summary>
    private static readonly Gen<string> Word = Gen.Char["abcAB\u00e9"].Array[1, 7].Select(letters => new string(letters));

    private static readonly Gen<string> Sentence = Gen.Char["abcABC\u00e9 "].Array[0, 60].Select(letters => new string(letters));

    [Fact]
    public void Every_occurrence_is_found_also_within_others()
    {
        Assert.Equal(["she", "he", "hers"], Found(["he", "she", "his", "hers"], "ushers"));
    }

    [Fact]
    public void Letters_of_either_case_are_alike_and_only_letters()
    {
        Assert.Equal(["PassWord"], Found(["password"], "PassWord"));
        Assert.Equal(["key["], Found(["KEY["], "key[ key{"));
    }

    [Fact]
    public void Any_script_is_found_by_its_bytes()
    {
        Assert.Equal(["비밀번호", "번호", "パスワード"], Found(["번호", "비밀번호", "パスワード"], "내 비밀번호는 パスワード"));
    }

    [Fact]
    public void Of_equal_keywords_the_first_is_told()
    {
        var index = Index(["x", "word", "WORD"]);
        foreach (var match in index.Matches("a Word"u8))
            Assert.Equal(new KeywordMatch(1, 2, 4), match);
    }

    [Fact]
    public void Without_keywords_nothing_is_found_or_open()
    {
        Assert.Empty(Found([], "text"));
        Assert.Equal(4, Index([]).OpenFrom("text"u8));
    }

    [Fact]
    public void An_empty_keyword_is_refused() => Assert.Throws<ArgumentException>(() => Index(["a", ""]));

    [Fact]
    public void A_search_finds_what_looking_at_every_place_for_every_keyword_finds() => Gen.Select(Word.Array[0, 12], Sentence).Sample((words, text) =>
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        List<KeywordMatch> found = [];
        foreach (var match in Index(words).Matches(bytes))
            found.Add(match);
        return found.SequenceEqual(Expected(words, bytes));
    });

    [Fact]
    public void What_is_open_is_the_longest_end_of_the_text_that_a_keyword_begins_with() => Gen.Select(Word.Array[0, 12], Sentence).Sample((words, text) =>
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var keywords = Array.ConvertAll(words, Folded);
        var open = 0;
        while (open < bytes.Length && !keywords.Any(keyword => keyword.Length > bytes.Length - open && keyword.AsSpan().StartsWith(Folded(text).AsSpan(open))))
            open++;
        return Index(words).OpenFrom(bytes) == open;
    });

    [Fact]
    public void A_hundred_thousand_keywords_are_each_found()
    {
        var words = Enumerable.Range(0, 100_000).Select(number => $"w{number * 7919L % 1_000_003:x}.").ToArray();
        var index = Index(words);
        HashSet<int> found = [];
        foreach (var match in index.Matches(Encoding.UTF8.GetBytes(string.Join(' ', words))))
            found.Add(match.Keyword);
        Assert.Equal(words.Length, found.Count);
    }

    [Fact]
    public void Keywords_that_share_long_beginnings_and_texts_that_almost_match_take_linear_time()
    {
        // Quadratic in either would take hours: ten million bytes, and keywords of two thousand that differ at their ends.
        var index = Index([.. Enumerable.Range(0, 200).Select(number => new string('a', 2000) + (char)('b' + number % 20))]);
        var text = new byte[10_000_000];
        text.AsSpan().Fill((byte)'a');
        Assert.Equal(0, Count(index, text));
        Assert.Equal(text.Length - 2000, index.OpenFrom(text));
        text[^1] = (byte)'c';
        Assert.Equal(1, Count(index, text));
    }

    [Fact]
    public void A_search_allocates_nothing()
    {
        var index = Index(["needle", "hay"]);
        var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("needles in hay ", 100)));
        Assert.Equal(200, Count(index, text));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Count(index, text);
        index.OpenFrom(text);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static KeywordIndex Index(string[] words) => new(Array.ConvertAll(words, Encoding.UTF8.GetBytes));

    private static byte[] Folded(string text) => Array.ConvertAll(Encoding.UTF8.GetBytes(text), value => value is >= (byte)'A' and <= (byte)'Z' ? (byte)(value + 32) : value);

    private static int Count(KeywordIndex index, ReadOnlySpan<byte> text)
    {
        var count = 0;
        foreach (var _ in index.Matches(text))
            count++;
        return count;
    }

    private static List<string> Found(string[] words, string text)
    {
        List<string> found = [];
        var bytes = Encoding.UTF8.GetBytes(text);
        foreach (var match in Index(words).Matches(bytes))
            found.Add(Encoding.UTF8.GetString(bytes.AsSpan(match.Start, match.Length)));
        return found;
    }

    private static IEnumerable<KeywordMatch> Expected(string[] words, byte[] text)
    {
        var keywords = Array.ConvertAll(words, Folded);
        var folded = Array.ConvertAll(text, value => value is >= (byte)'A' and <= (byte)'Z' ? (byte)(value + 32) : value);
        for (var end = 1; end <= text.Length; end++)
        {
            for (var start = 0; start < end; start++)
            {
                var index = Array.FindIndex(keywords, keyword => keyword.AsSpan().SequenceEqual(folded.AsSpan(start, end - start)));
                if (index >= 0)
                    yield return new KeywordMatch(index, start, end - start);
            }
        }
    }
}
