using Gateway.Completions;
using Gateway.Configuration;
using Gateway.Hosting;
using Gateway.Protocol;
using Gateway.Routing.Cascade;
using static Gateway.Tests.Completions.Prompts.ReadPrompt;

namespace Gateway.Tests.Completions.Prompts;

/// <summary>Where requests go that are shaped like those of real clients.</summary>
public sealed class PlanByPromptTests
{
    private const string Tools = """ "tools":[{"type":"function","function":{"name":"run"}}] """;

    [Fact]
    public void A_title_request_starts_small_whatever_it_is_about()
    {
        var plan = Plan($"{Instructions("You are a title generator.")},{User(Running.Ask.Hard)}");
        Assert.Equal(("slm", "housekeeping starts small"), (plan.Pools[0].Name, plan.Reason));
    }

    [Fact]
    public void An_agent_that_repeats_itself_starts_large()
    {
        var plan = Plan($"{User("Run ls.")},{Call("run", "ls")},{Result("a")},{Call("run", "ls")},{Result("a")},{Call("run", "ls")},{Result("a")}", Tools);
        Assert.Equal("llm", plan.Pools[0].Name);
        Assert.Contains("stuck", plan.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Hello", "slm", null)]
    [InlineData("이 코드를 리팩터링하고 아키텍처를 분석해줘", "llm", "+keyword")]
    [InlineData("who is the designated driver?", "llm", "+keyword")]
    public void The_reference_rule_can_be_chosen(string ask, string pool, string? reason)
    {
        var plan = Plan(User(ask), scorer: "keywords");
        Assert.Equal(pool, plan.Pools[0].Name);
        Assert.Contains(reason ?? "0.000", plan.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_reference_rule_counts_the_system_prompt_the_default_does_not()
    {
        var messages = $"{Instructions(new string('s', 600))},{User("hi")}";
        Assert.Equal("llm", Plan(messages, scorer: "keywords").Pools[0].Name);
        Assert.Equal("slm", Plan(messages).Pools[0].Name);
    }

    [Fact]
    public void The_reference_rule_reads_contents_of_parts_and_null()
    {
        const string Parts = """{"role":"user","content":[{"type":"text","text":"please refactor"},{"type":"image_url"}]},{"role":"assistant","content":null}""";
        Assert.Equal("llm", Plan(Parts, scorer: "keywords").Pools[0].Name);
    }

    [Fact]
    public void The_words_of_the_rule_come_from_the_file() =>
        Assert.Equal("llm", Plan(User("please review this"), scorer: "keywords", words: ["review"]).Pools[0].Name);

    private static RoutePlan Plan(string messages, string? more = null, string? scorer = null, string[]? words = null)
    {
        var routing = new RoutingOptions();
        var options = new GatewayOptions
        {
            Pools = new Dictionary<string, PoolOptions> { ["slm"] = Pool("s"), ["llm"] = Pool("l") },
            Models = new Dictionary<string, ModelOptions>
            {
                ["auto"] = new() { Cascade = new CascadeOptions { Pools = ["slm", "llm"], Threshold = 0.5 } },
            },
            Routing = routing with
            {
                Scorer = scorer ?? routing.Scorer,
                Keywords = words is null ? routing.Keywords : routing.Keywords with { Words = words },
            },
        };
        var blueprint = new BlueprintBuilder(TimeProvider.System, new Random(1)).Build(options);
        var body = Body(messages, more);
        return Planner.PlanByPrompt(blueprint.Router, blueprint.Catalog.Routes[0], body, ChatRequestReader.Read(body, 64).Request!);
    }

    private static PoolOptions Pool(string model) => new() { Model = model, Replicas = [new Uri("http://a:8000")] };
}
