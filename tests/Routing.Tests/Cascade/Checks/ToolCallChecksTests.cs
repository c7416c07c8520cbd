using Gateway.Routing.Cascade.Checks;

namespace Gateway.Routing.Tests.Cascade.Checks;

public sealed class ToolCallChecksTests
{
    [Theory]
    [InlineData("weather", """{"city":"Seoul"}""", null)]
    [InlineData("weather", """{"city":"Seoul","days":3,"unit":"c","tags":["a"],"at":{"lat":1.5}}""", null)]
    [InlineData("weather", """{"city":"Seoul","days":3.0}""", null)]
    [InlineData("weather", """{"city":"Seoul","days":null}""", null)]
    [InlineData("weather", """{"city":null}""", "tool_argument_type")]
    [InlineData("bare", """{"anything":1}""", null)]
    [InlineData("bare", "", null)]
    [InlineData("free", """{"a":1,"b":2}""", null)]
    [InlineData("weather", """{"city":"Seoul""", "tool_unparsable")]
    [InlineData("weather", "[\"Seoul\"]", "tool_unparsable")]
    [InlineData(null, """{"city":"Seoul"}""", "tool_unparsable")]
    [InlineData("climate", """{"city":"Seoul"}""", "tool_unknown")]
    [InlineData("weather", """{"days":3}""", "tool_argument_missing")]
    [InlineData("weather", "", "tool_argument_missing")]
    [InlineData("weather", """{"city":"Seoul","at":{}}""", "tool_argument_missing")]
    [InlineData("weather", """{"city":"Seoul","country":"KR"}""", "tool_argument_invented")]
    [InlineData("weather", """{"city":"Seoul","at":{"lat":1,"lon":2}}""", "tool_argument_invented")]
    [InlineData("weather", """{"city":7}""", "tool_argument_type")]
    [InlineData("weather", """{"city":"Seoul","days":"3"}""", "tool_argument_type")]
    [InlineData("weather", """{"city":"Seoul","days":3.5}""", "tool_argument_type")]
    [InlineData("weather", """{"city":"Seoul","unit":"k"}""", "tool_argument_type")]
    [InlineData("weather", """{"city":"Seoul","tags":["a",1]}""", "tool_argument_type")]
    [InlineData("weather", """{"city":"Seoul","at":{"lat":"1"}}""", "tool_argument_type")]
    public void A_call_is_held_against_the_function_that_was_offered(string? name, string arguments, string? flag) =>
        Assert.Equal(flag, Draft.Flag(Draft.Call(name, arguments), Draft.Offer(Draft.Weather)));

    [Theory]
    [InlineData("<tool_call>\n{\"name\": \"weather\", \"arguments\": {\"city\": \"Seoul\"", "tool_unparsable")]
    [InlineData("[weather(city='Seoul'", "tool_unparsable")]
    [InlineData("weather(city='Seoul')", "tool_unparsable")]
    [InlineData("```json\n{\"weather\": {}}\n```", "tool_unparsable")]
    [InlineData("weather in Seoul is fine today.", null)]
    [InlineData("The weather (in Seoul) is fine.", null)]
    [InlineData("[None of the functions fits]", null)]
    public void A_call_that_the_engine_sent_as_text_does_not_parse(string text, string? flag)
    {
        Assert.Equal(flag, Draft.Flag(Draft.Text(text), Draft.Offer(Draft.Weather)));
        Assert.Null(Draft.Flag(Draft.Text(text, finish: null), Draft.Offer(Draft.Weather)));
    }

    [Fact]
    public void Every_call_of_an_answer_is_looked_at()
    {
        var draft = Draft.Call("weather", """{"city":"Seoul"}""");
        draft.Call(1)!.Name = "weather";
        Assert.Equal("tool_argument_missing", Draft.Flag(draft, Draft.Offer(Draft.Weather)));
    }

    [Fact]
    public void A_call_still_being_written_is_judged_by_its_name_alone()
    {
        Assert.Null(Draft.Flag(Draft.Call("weather", """{"ci""", finish: null), Draft.Offer(Draft.Weather)));
        Assert.Equal("tool_unknown", Draft.Flag(Draft.Call("climate", """{"ci""", finish: null), Draft.Offer(Draft.Weather)));
    }

    [Fact]
    public void A_call_that_the_callers_own_limit_cut_is_not_the_models_fault()
    {
        Assert.Null(Draft.Flag(Draft.Call("weather", """{"ci""", "length", tokens: 8), Draft.Offer(Draft.Weather, maxTokens: 8)));
        Assert.Equal("tool_unparsable", Draft.Flag(Draft.Call("weather", """{"ci""", "length", tokens: 8), Draft.Offer(Draft.Weather, maxTokens: 500)));
    }

    [Theory]
    [InlineData("""[{"type":"function"},7,{"type":"function","function":{"name":3}}]""")]
    [InlineData("""[{"function":{"name":"climate","\ud800":1}}]""")]
    [InlineData("{}")]
    public void Tools_that_cannot_be_read_flag_nothing(string tools) => Assert.Null(Draft.Flag(Draft.Call("weather", "{}"), Draft.Offer(tools)));

    [Fact]
    public void An_index_that_no_answer_has_makes_no_call()
    {
        var draft = new DraftAnswer();
        Assert.Null(draft.Call(-1));
        Assert.Null(draft.Call(int.MaxValue));
        Assert.False(draft.HasCalls);
    }

    [Fact]
    public void Checks_are_made_in_one_order_and_only_those_named()
    {
        var checks = AnswerChecks.Get(["repetition", "tool_unknown"]);
        Assert.Equal(["tool_unknown", "repetition"], checks.Select(check => check.Name));
        Assert.Null(AnswerChecks.FirstFlag(checks, Draft.Text(""), Draft.Offer()));
    }
}
