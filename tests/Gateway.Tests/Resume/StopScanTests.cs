using System.Text;
using Gateway.Dispatch.Resume;

namespace Gateway.Tests.Resume;

public sealed class StopScanTests
{
    [Theory]
    [InlineData("Hello wor", "ld|ly", "world", true)]
    [InlineData("Hello wor", "k|", "world", false)]
    [InlineData("Hello", " world", "world", false)]
    [InlineData("a\\n", "\\nUser:|x", "\n\nUser:", true)]
    [InlineData("Hello world", "!", "world", false)]
    [InlineData("東", "京です", "東京", true)]
    public void A_stop_string_across_the_seam_is_found(string shown, string next, string stop, bool isMet)
    {
        var scan = StopScan.Of([Encoding.UTF8.GetBytes(stop)], Encoding.UTF8.GetBytes(shown))!;
        Assert.Equal(isMet, next.Split('|').Aggregate(false, (met, text) => met || scan.Meets(Encoding.UTF8.GetBytes(text))));
    }

    [Theory]
    [InlineData("a b ", 3)]
    [InlineData("a\\n\\t ", 1)]
    [InlineData("a\\\\n", 4)]
    [InlineData("a\u3000", 1)]
    [InlineData(" \\n", 0)]
    public void White_space_at_the_end_is_told_from_letters(string text, int solid) =>
        Assert.Equal(solid, RawText.SolidLength(Encoding.UTF8.GetBytes(text)));
}
