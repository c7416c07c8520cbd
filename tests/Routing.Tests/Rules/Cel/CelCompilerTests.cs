using Gateway.Routing.Rules.Cel.Syntax;
using Gateway.Routing.Rules.Cel.Values;

namespace Gateway.Routing.Tests.Rules.Cel;

public class CelCompilerTests
{
    [Theory]
    [InlineData("request.prompt_tokens >", "1:24 ")]
    [InlineData("(1 + 2", "1:7 ")]
    [InlineData("1 +\n  * 2", "2:3 ")]
    [InlineData("'open", "1:1 ")]
    [InlineData("a ~ b", "1:3 ")]
    [InlineData("if == 1", "1:1 ")]
    [InlineData("'\\q'", "1:1 ")]
    public void A_fault_of_syntax_says_where(string text, string place)
    {
        var fault = Assert.Single(Sample.Faults(text));
        Assert.StartsWith(place, fault, StringComparison.Ordinal);
        Assert.True(fault.Length > place.Length);
    }

    [Theory]
    [InlineData("request.promt_tokens > 1", "1:9 unknown name 'request.promt_tokens'; known: request.model, request.prompt_tokens, request.temperature, request.tool_names")]
    [InlineData("tenat == 'a'", "1:1 unknown name 'tenat'; known: request, headers, anything")]
    [InlineData("request.model > 3", "1:15 '>' does not take (string, int)")]
    [InlineData("request.model == 3", "1:15 '==' does not take (string, int)")]
    [InlineData("true && request.model", "1:17 && takes a bool, not string")]
    [InlineData("request.model.upper()", "1:15 unknown function 'upper'")]
    [InlineData("request.prompt_tokens.startsWith('a')", "1:23 'startsWith' does not take (int, string)")]
    [InlineData("request.model.matches('(')", null)]
    [InlineData("request.model.matches(request.model)", "1:31 the pattern of matches() must be written out")]
    [InlineData("9223372036854775808", "1:1 9223372036854775808 is more than an int holds; write 9223372036854775808u")]
    public void A_fault_of_names_or_types_says_where_and_what(string text, string? expected)
    {
        var fault = Assert.Single(Sample.Faults(text));
        if (expected is not null)
            Assert.Equal(expected, fault);
    }

    [Fact]
    public void All_faults_are_reported_at_once() =>
        Assert.Equal(2, Sample.Faults("nobody == 1 &&\n  headers.x == 2").Count());

    [Fact]
    public void An_error_at_run_time_says_where()
    {
        var program = Sample.Compile("true &&\n  headers['x-absent'] == 'a'");

        Assert.False(program.Holds(new Sample(), out var fault, out var at));
        Assert.Equal(CelFault.NoSuchKey, fault);
        Assert.Equal(new TextPosition(2, 10), at);
    }

    [Fact]
    public void A_variable_that_a_request_lacks_can_be_asked_for()
    {
        var program = Sample.Compile("has(request.temperature) && request.temperature > 1");

        Assert.False(program.Holds(new Sample(), out var fault, out _));
        Assert.Equal(CelFault.None, fault);
        Assert.True(program.Holds(new Sample { Temperature = 1.5 }, out _, out _));
    }

    [Theory]
    [InlineData("request.model.matches('^a.*o$')")]
    [InlineData("'2024-11-05'.matches(r'^\\d{4}-(?P<month>\\d\\d)-\\d\\d$')")]
    [InlineData("!'line\\n'.matches('line$')")]
    [InlineData("!'٣'.matches(r'\\d')")]
    [InlineData("'a.b'.matches(r'\\Qa.b\\E') && !'axb'.matches(r'\\Qa.b\\E')")]
    [InlineData("'é'.matches(r'^\\pL$') && '5_'.matches(r'^[\\d\\w]+$')")]
    public void Patterns_are_read_as_RE2_reads_them(string text) => Assert.True(Sample.Holds(text));

    [Theory]
    [InlineData("size('🐱é') == 2")]
    [InlineData("duration('1h30m') == duration('5400s') && string(duration('-1.5s')) == '-1.5s'")]
    [InlineData("timestamp('2024-02-29T12:00:00.5+02:00') == timestamp('2024-02-29T10:00:00.500Z')")]
    [InlineData("timestamp('2024-07-01T22:30:00Z').getHours('Europe/Berlin') == 0")]
    [InlineData("request.tool_names.exists(t, t.startsWith('sh')) && ['web', 'x'].all(t, t in request.tool_names || t == 'x')")]
    [InlineData("[1, 2, 3].map(i, i > 1, [i].map(j, i * j)[0]) == [4, 9]")]
    [InlineData("anything == 1 && anything == 1.0 && anything + 1 == 2")]
    public void Expressions_come_to_what_they_say(string text) => Assert.True(Sample.Holds(text));

    [Fact]
    public void What_nests_too_deep_is_refused_instead_of_ending_the_process()
    {
        Assert.Contains("nested deeper", Assert.Single(Sample.Faults(new string('(', 10_000))), StringComparison.Ordinal);
        Assert.Contains("longer than", Assert.Single(Sample.Faults(string.Join(" + ", Enumerable.Repeat("1", 10_000)))), StringComparison.Ordinal);
        Assert.True(Sample.Holds(string.Join(" && ", Enumerable.Repeat("true", 2_000))));
    }
}
