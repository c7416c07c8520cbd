using System.Text;
using CsCheck;
using Gateway.Guarding.Remote;

namespace Gateway.Tests.Guarding.Remote;

public sealed class TextPlacesTests
{
    private static readonly string[] Parts = ["a", " ", "\n", "é", "e\u0301", "한", "😀", "👩‍👩‍👧", "\u200b", "word", "\u0000"];

    private static readonly Gen<string> Texts = Gen.Int[0, Parts.Length - 1].Select(part => Parts[part]).Array[0, 4000].Select(string.Concat);

    [Fact]
    public void A_code_point_begins_where_counting_from_the_beginning_finds_it() => Texts.Sample(
        text =>
        {
            var points = new CodePoints(Encoding.UTF8.GetBytes(text));
            var (index, at) = (0, 0);
            foreach (var rune in text.EnumerateRunes())
            {
                if (points.ByteAt(index++) != at)
                    return false;
                at += rune.Utf8SequenceLength;
            }

            return points.Count == index && points.ByteAt(index) == at;
        },
        iter: 200);

    [Fact]
    public void Pieces_cover_a_text_are_no_longer_than_told_and_cut_no_code_point() => Gen.Select(Texts, Gen.Int[64, 400], Gen.Int[0, 600]).Sample(
        (text, most, overlap) =>
        {
            var utf8 = Encoding.UTF8.GetBytes(text);
            var end = 0;
            foreach (var range in TextCuts.Of(utf8, most, overlap))
            {
                var (start, length) = range.GetOffsetAndLength(utf8.Length);
                if (start > end || length > most || (start + length <= end && end > 0))
                    return false;
                if (Encoding.UTF8.GetString(utf8, start, length).Contains('\uFFFD', StringComparison.Ordinal))
                    return false;
                end = start + length;
            }

            return end == utf8.Length;
        },
        iter: 500);

    [Fact]
    public void What_is_shorter_than_the_overlap_stands_whole_in_some_piece()
    {
        var text = new string('x', 1000) + "needle" + new string('y', 1000);
        for (var most = 100; most < 1200; most += 7)
        {
            var utf8 = Encoding.UTF8.GetBytes(text);
            Assert.Contains(TextCuts.Of(utf8, most, 20), range => Encoding.UTF8.GetString(utf8[range]).Contains("needle", StringComparison.Ordinal));
        }
    }
}
