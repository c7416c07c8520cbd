using System.Diagnostics;
using System.Text;
using Gateway.Guardrails.Pii;

namespace Gateway.Guardrails.Tests.Pii;

public sealed class PiiHostileTests
{
    private static readonly PiiGuard Guard = new(new PiiSettings());

    [Theory]
    [InlineData("@")]
    [InlineData("1")]
    [InlineData("1.")]
    [InlineData("1 ")]
    [InlineData("12 ")]
    [InlineData("DE")]
    [InlineData("a@")]
    [InlineData("ab:")]
    [InlineData("a ")]
    [InlineData("\u200B")]
    [InlineData("a\u200B")]
    public void Ten_megabytes_of_it_end_soon_and_hold_nothing_but_the_tail(string unit)
    {
        var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(unit, 10_000_000 / Encoding.UTF8.GetByteCount(unit))));
        var found = new Findings();
        var since = Stopwatch.GetTimestamp();
        var open = Guard.Inspect(text, new Passage(TextSource.User, IsEnd: false), found);
        // A guard against hanging, no measurement: in quadratic time this takes hours.
        Assert.True(Stopwatch.GetElapsedTime(since) < TimeSpan.FromSeconds(30));
        Assert.Equal(0, found.Count);
        Assert.InRange(open, text.Length - 300, text.Length);
    }
}
