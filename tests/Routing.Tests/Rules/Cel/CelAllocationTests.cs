namespace Gateway.Routing.Tests.Rules.Cel;

public class CelAllocationTests
{
    [Theory]
    [InlineData("request.prompt_tokens > 24000 && request.model != \"x\"")]
    [InlineData("headers[\"x-team\"].startsWith(\"a\") && \"web\" in request.tool_names")]
    [InlineData("request.model in [\"auto\", \"glm-5\"] || request.prompt_tokens * 2 >= 10 ")]
    [InlineData("request.tool_names.exists(name, name == \"shell\")")]
    [InlineData("request.model.matches(\"^a.*o$\")")]
    [InlineData("has(request.temperature) && request.temperature > 1")]
    [InlineData("headers[\"x-absent\"] == \"a\"")]
    [InlineData("anything + 1 == 2 && size(request.model) == 4")]
    public void A_typical_rule_allocates_nothing(string text)
    {
        var (program, sample) = (Sample.Compile(text), new Sample());
        for (var i = 0; i < 100; i++)
            program.Holds(sample, out _, out _);

        var allocated = Allocated.Least(() =>
        {
            for (var i = 0; i < 1000; i++)
                program.Holds(sample, out _, out _);
        });
        Assert.Equal(0, allocated);
    }
}
