using Gateway.Routing.Rules.Cel;
using Gateway.Routing.Rules.Facts;

namespace Gateway.Routing.Tests.Rules;

public class RuleVariablesTests
{
    [Theory]
    [InlineData("request.model == 'openai/auto' && request.prompt_tokens == 1000 && request.stream && request.turns == 3")]
    [InlineData("!has(request.max_tokens) && has(request.temperature) && request.temperature < 1")]
    [InlineData("request.has_tools && 'web' in request.tool_names && !request.has_images")]
    [InlineData("request.language == 'de' && request.text_length == 4000 && request.complexity == 0.5")]
    [InlineData("tenant.id == 'sales' && budget.used == 0.0")]
    [InlineData("headers['x-team'] == 'alpha' && headers.`x-team` == 'alpha' && has(headers.`x-team`)")]
    [InlineData("pools.slm.healthy == 1 && pools.llm.in_flight == 0 && pools.`slm`.replicas == 1")]
    [InlineData("pools['llm'].healthy > 0 && pools.exists(p, pools[p].healthy > 0) && size(pools) == 2")]
    [InlineData("pools.slm.kv_use < 0.9 && pools.slm.waiting == 0 && pools.slm.first_token_p95 < duration('2s')")]
    [InlineData("time > timestamp('2026-01-01T00:00:00Z') && time.getHours() == 22 && time.getDayOfWeek('Europe/Berlin') == 4")]
    public void Each_variable_reads_its_fact(string text) => Assert.True(Holds(text));

    [Theory]
    [InlineData("model == 'auto' && provider == 'openai' && request_type == 'chat_completion'")]
    [InlineData("headers['x-team'].startsWith('al') && params['x-team'] == 'alpha'")]
    [InlineData("virtual_key_id == 'sales' && team_name == '' && customer_id == '' && user_id == ''")]
    [InlineData("tokens_used < 80.0 && request < 80.0 && budget_used < 80.0")]
    [InlineData("complexity_tier == 'MEDIUM'")]
    public void Rules_of_Bifrost_can_be_brought_along(string text) => Assert.True(Holds(text));

    [Fact]
    public void What_the_user_wrote_is_read_only_where_that_is_allowed()
    {
        Assert.NotEmpty(CelCompiler.Compile("request.last_user_text == ''", RuleVariables.For([], seesText: false)).Faults);
        Assert.True(Holds("request.last_user_text.contains('What')", seesText: true));
    }

    [Theory]
    [InlineData("pools.slm.kv_use", false)]
    [InlineData("budget.used", true)]
    [InlineData("request", true)]
    [InlineData("request.model", false)]
    [InlineData("pools.slm.first_token_p95", false)]
    [InlineData("pools.slm.healthy", false)]
    public void What_is_not_measured_yet_is_known(string name, bool isUnmeasured) => Assert.Equal(isUnmeasured, RuleVariables.IsUnmeasured(name));

    private static bool Holds(string text, bool seesText = false)
    {
        var (program, faults) = CelCompiler.Compile(text, RuleVariables.For(["slm", "llm"], seesText));
        Assert.Empty(faults);
        return program!.Holds(new FixedFacts(("x-team", "alpha")), out _, out _);
    }
}
