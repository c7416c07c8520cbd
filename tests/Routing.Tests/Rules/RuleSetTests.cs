using System.Collections.Immutable;
using Gateway.Routing.Rules;
using Gateway.Routing.Rules.Cel;
using Gateway.Routing.Rules.Cel.Values;
using Gateway.Routing.Rules.Facts;

namespace Gateway.Routing.Tests.Rules;

public class RuleSetTests
{
    private static readonly FleetMap Pools = new(new Fleet([A.Pool("slm"), A.Pool("llm")]));

    [Fact]
    public void The_first_rule_that_matches_decides()
    {
        var decision = Decide(To("no", "false"), To("first", "request.stream"), To("second", "true"));

        Assert.Equal("first", decision.Target!.Name);
        Assert.Equal(["first"], decision.Matched.Select(rule => rule.Name));
    }

    [Fact]
    public void A_rule_whose_condition_has_no_value_does_not_match_and_is_named()
    {
        var decision = Decide(To("broken", "headers[\"x-team\"] == \"a\""), To("next", "true"));

        Assert.Equal("next", decision.Target!.Name);
        var failure = Assert.Single(decision.Failures);
        Assert.Equal(("broken", CelFault.NoSuchKey, 8), (failure.Rule.Name, failure.Fault, failure.At.Column));
        Assert.True(failure.Rule.NoteFailure());
        Assert.False(failure.Rule.NoteFailure());
    }

    [Fact]
    public void Without_a_match_nothing_is_decided()
    {
        var decision = Decide(To("no", "request.turns > 3"));

        Assert.Null(decision.Target);
        Assert.Null(decision.Rejection);
        Assert.Empty(decision.Matched);
    }

    [Fact]
    public void A_rejection_has_no_target()
    {
        var decision = Decide(new RoutingRule("closed", Compile("true"), [], new RuleRejection(403, "no")), To("never", "true"));

        Assert.Equal(403, decision.Rejection!.Status);
        Assert.Null(decision.Target);
    }

    [Fact]
    public void A_chain_goes_on_below_with_the_model_it_chose()
    {
        var decision = Decide(
            To("renames", "request.model == \"openai/auto\"", chain: true), To("again", "request.model == \"openai/auto\""),
            To("sees", "request.model == \"renames\""));

        Assert.Equal("sees", decision.Target!.Name);
        Assert.Equal(["renames", "sees"], decision.Matched.Select(rule => rule.Name));
    }

    [Fact]
    public void A_chain_that_finds_nothing_below_keeps_what_it_chose() =>
        Assert.Equal("chained", Decide(To("chained", "true", chain: true), To("no", "false")).Target!.Name);

    [Fact]
    public void A_rule_that_only_gives_a_priority_leaves_the_target_to_those_above_and_below()
    {
        var decision = Decide(To("chained", "true", chain: true), Gives(-5, "true"), To("sees", "request.model == \"chained\""), Gives(7, "true"));

        Assert.Equal(("sees", -5), (decision.Target!.Name, decision.Priority));
        Assert.Equal(["chained", "gives -5", "sees"], decision.Matched.Select(rule => rule.Name));
        var alone = Decide(Gives(1, "false"), Gives(3, "true"));
        Assert.Null(alone.Target);
        Assert.Equal(3, alone.Priority);
    }

    [Fact]
    public void The_last_priority_counts_and_a_rule_without_one_leaves_it()
    {
        var withTarget = new RoutingRule("both", Compile("true"), [new RuleShare(Target("both"), 1)], null) { Priority = 2, IsChain = true };

        Assert.Equal(2, Decide(Gives(1, "true"), withTarget, To("end", "true")).Priority);
        Assert.Null(Decide(To("end", "true"), Gives(1, "true")).Priority);
    }

    [Fact]
    public void A_rejection_below_a_chain_has_no_target()
    {
        var decision = Decide(To("chained", "true", chain: true), new RoutingRule("closed", Compile("true"), [], new RuleRejection(403, "no")));

        Assert.NotNull(decision.Rejection);
        Assert.Null(decision.Target);
    }

    [Fact]
    public void A_split_draws_by_weight_and_keeps_a_conversation_where_it_fell()
    {
        var rule = new RoutingRule("split", Compile("true"), [new RuleShare(Target("most"), 0.9), new RuleShare(Target("few"), 1)], null);
        var few = 0;
        for (ulong number = 0; number < 10_000; number++)
        {
            var target = Decide(new FixedFacts { Number = number }, rule).Target!.Name;
            Assert.Equal(target, Decide(new FixedFacts { Number = number }, rule).Target!.Name);
            few += target == "few" ? 1 : 0;
        }

        Assert.InRange(few, 900, 1_100);
    }

    [Theory]
    [InlineData("request.stream || request.complexity > 0.9", 0)]
    [InlineData("request.complexity > 0.4 && request.complexity < 0.6", 2)]
    public void The_complexity_is_worked_out_only_when_it_is_asked_for(string when, int times)
    {
        var facts = new FixedFacts();
        Assert.NotNull(Decide(facts, To("it", when)).Target);
        Assert.Equal(times, facts.Scorings);
    }

    private static RuleDecision Decide(params RoutingRule[] rules) => Decide(new FixedFacts(), rules);

    private static RuleDecision Decide(FixedFacts facts, params RoutingRule[] rules) => new RuleSet([.. rules], Pools).Decide(facts);

    private static RoutingRule To(string name, string when, bool chain = false) =>
        new(name, Compile(when), [new RuleShare(Target(name), 1)], null) { IsChain = chain };

    private static RoutingRule Gives(int priority, string when) => new($"gives {priority}", Compile(when), [], null) { Priority = priority };

    private static RuleTarget Target(string name) => new(name, ImmutableArray<Pool>.Empty, null);

    private static CelProgram<RuleFacts> Compile(string when) =>
        CelCompiler.Compile(when, RuleVariables.For(["slm", "llm"], seesText: false)).Program!;
}
