using System.Text;
using Gateway.Guardrails.Content;

namespace Gateway.Guardrails.Tests.Content;

public sealed class SizeGuardTests
{
    private static readonly SizeGuard Guard = new(new SizeSettings(10));

    [Theory]
    [InlineData("0123456789", "")]
    [InlineData("0123456789ab", "ab")]
    [InlineData("01234567é", "")]
    [InlineData("012345678é!", "é!")]
    [InlineData("0123456한!", "!")]
    [InlineData("012345678𝐠", "𝐠")]
    public void What_is_too_long_is_found_from_the_limit_on(string text, string found)
    {
        Assert.Equal(found.Length == 0 ? [] : [$"too_long: {found}"], Inspection.Of(Guard, text));
        Inspection.IsTheSameWhereverItIsCut(Guard, text);
    }

    [Theory]
    [InlineData(5, 0)]
    [InlineData(6, 1)]
    [InlineData(50, 5)]
    public void The_texts_of_a_request_count_together(long before, int length)
    {
        var found = new Findings();
        Assert.Equal(5, Guard.Inspect("abcde"u8, new Passage(TextSource.User, Before: before), found));
        Assert.Equal(length, found.All.ToArray().Sum(of => of.Length));
    }

    [Fact]
    public void Nothing_is_held_back_and_nothing_allocated()
    {
        Assert.Equal([0, 0], WindowedInspection.Run(Guard, "abcdefghijklmnop"u8, [4, 12]).Held);
        Inspection.AllocatesNothing(new SizeGuard(new SizeSettings(10_000)), Encoding.UTF8.GetString(new byte[2000]));
    }
}
