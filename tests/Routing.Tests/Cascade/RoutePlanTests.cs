using Gateway.Routing.Balancing;
using Gateway.Routing.Cascade;

namespace Gateway.Routing.Tests.Cascade;

public sealed class RoutePlanTests
{
    private readonly Pool _in = InGroup("in", "internal");
    private readonly Pool _also = InGroup("also", "internal");
    private readonly Pool _out = InGroup("out", "provider");
    private readonly Pool _none = A.Pool("none");

    [Fact]
    public void Within_a_group_only_its_pools_are_left_in_their_order()
    {
        var plan = new RoutePlan([_out, _in, _none, _also], "model") { Hedges = true }.Within("internal")!;
        Assert.Equal([_in, _also], plan.Pools);
        Assert.Equal("internal", plan.Group);
        Assert.Equal("model; stays in group internal", plan.Reason);
        Assert.False(plan.Hedges);
    }

    [Fact]
    public void A_plan_that_lies_within_is_bound_and_else_as_it_was()
    {
        var plan = new RoutePlan([_in, _also], "model") { Hedges = true }.Within("internal")!;
        Assert.Equal(("internal", "model", true), (plan.Group, plan.Reason, plan.Hedges));
    }

    [Fact]
    public void A_plan_that_lies_outside_is_none() => Assert.Null(new RoutePlan([_out, _none], "model").Within("internal"));

    private static Pool InGroup(string name, string group) => new(name, "m", null, [A.Replica(name)], new RoundRobinPicker()) { Group = group };
}
