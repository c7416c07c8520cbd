using System.Text;
using CsCheck;

namespace Gateway.Guardrails.Tests;

public sealed class RedactedTextTests
{
    private static readonly Gen<(string Text, (int Start, int Length)[] Ranges)> Redactions =
        Gen.Select(Gen.Char['a', 'z'].Array[0, 40], Gen.Select(Gen.Int[0, 40], Gen.Int[1, 12]).Array[0, 6])
            .Select(drawn => (new string(drawn.Item1), drawn.Item2.Select(range => Fit(range, drawn.Item1.Length)).Where(range => range.Length > 0).ToArray()));

    [Fact]
    public void Each_byte_of_a_redacted_range_is_gone_and_no_other_one() => Redactions.Sample(drawn =>
    {
        var redacted = Redact(drawn.Text, drawn.Ranges);
        var kept = drawn.Text.Where((_, at) => !drawn.Ranges.Any(range => at >= range.Start && at < range.Start + range.Length));
        Assert.Equal(string.Concat(kept), Without(redacted));
        Assert.True(redacted.Redactions.Zip(redacted.Redactions.Skip(1)).All(pair => pair.First.End <= pair.Second.Start));
    });

    [Fact]
    public void What_stands_outside_placeholders_is_found_in_the_original() => Redactions.Sample(drawn =>
    {
        var redacted = Redact(drawn.Text, drawn.Ranges);
        var text = Encoding.UTF8.GetString(redacted.ToUtf8().Span);
        for (var at = 0; at < text.Length; at++)
        {
            var (start, end) = redacted.Origin(at, at + 1);
            if (char.IsLower(text[at]))
                Assert.Equal((1, text[at]), (end - start, drawn.Text[start]));
            else
                Assert.Contains(redacted.Redactions, redaction => redaction.Start == start && redaction.End == end);
        }
    });

    private static RedactedText Redact(string text, (int Start, int Length)[] ranges)
    {
        var redacted = new RedactedText(Encoding.UTF8.GetBytes(text), 0);
        foreach (var (start, length) in ranges)
            redacted.Redact(start, start + length, bytes => $"<X_{bytes.Length}>");
        return redacted;
    }

    private static string Without(RedactedText redacted) =>
        string.Concat(Encoding.UTF8.GetString(redacted.ToUtf8().Span).Where(char.IsLower));

    private static (int Start, int Length) Fit((int Start, int Length) range, int length)
    {
        var start = Math.Min(range.Start, length);
        return (start, Math.Min(range.Length, length - start));
    }
}
