using CsCheck;
using Gateway.Routing.Rules.Cel;

namespace Gateway.Routing.Tests.Rules.Cel;

public class CelTextTests
{
    private static readonly string[] Words =
    [
        "request.model", "headers", "anything", "[", "]", "(", ")", "{", "}", ".", ",", ":", "?", "&&", "||", "!", "-", "+", "%", "/", "<", "==",
        "in", "1", "1u", "1.5", "0x", "9223372036854775808", "'a'", "b'\\xff'", "\"", "'''", "\\", "r'", "`x`", "`", "//", "\n", " ", "has", "all",
        "exists", "map", "x", "size", "matches", "'('", "int", "duration('1h')", "timestamp('x')", "if", "é", "\ud800", "\0",
    ];

    [Fact]
    public void Any_text_is_a_program_or_has_faults_within_it() =>
        Gen.Int[0, Words.Length - 1].Array[0, 24].Sample(words =>
        {
            var text = string.Concat(words.Select(word => Words[word]));
            var lines = text.Split('\n');
            foreach (var checking in (CelChecking[])[CelChecking.Strict, CelChecking.Waived])
            {
                var (program, faults) = CelCompiler.Compile(text, Sample.Variables, checking);
                Assert.Equal(program is null, faults.Length > 0);
                Assert.All(faults, fault =>
                {
                    Assert.InRange(fault.At.Line, 1, lines.Length);
                    Assert.InRange(fault.At.Column, 1, lines[fault.At.Line - 1].Length + 1);
                });
                program?.Evaluate(new Sample());
            }
        }, iter: 20_000);

    [Theory]
    [InlineData("!", "true")]
    [InlineData("-", "1 == 1")]
    public void A_long_row_of_signs_ends_in_an_answer(string sign, string operand) =>
        Assert.Empty(Sample.Faults(string.Concat(Enumerable.Repeat(sign, 4_000)) + operand));
}
