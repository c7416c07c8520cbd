using Gateway.Routing.Balancing;

namespace Gateway.Routing.Tests.Balancing;

public sealed class ReplicaPickerTests
{
    private readonly Replica[] _replicas = [A.Replica("a"), A.Replica("b"), A.Replica("c")];

    [Fact]
    public void Least_busy_never_picks_the_busiest_of_three()
    {
        Enter(_replicas[0], 5);
        Enter(_replicas[1], 1);
        var picker = new LeastBusyPicker(new Random(7));
        var picks = Enumerable.Range(0, 300).Select(_ => picker.Pick(_replicas, default).Replica).ToList();
        Assert.DoesNotContain(_replicas[0], picks);
        Assert.InRange(picks.Count(pick => pick == _replicas[2]), 160, 240);
    }

    [Fact]
    public void Least_busy_spreads_when_all_are_idle()
    {
        var picker = new LeastBusyPicker(new Random(7));
        var picks = Enumerable.Range(0, 300).Select(_ => picker.Pick(_replicas, default).Replica).CountBy(pick => pick.Name).ToList();
        Assert.Equal(3, picks.Count);
        Assert.All(picks, pick => Assert.InRange(pick.Value, 60, 140));
    }

    [Fact]
    public void Round_robin_takes_turns()
    {
        var picker = new RoundRobinPicker();
        var picks = Enumerable.Range(0, 6).Select(_ => picker.Pick(_replicas, default).Replica.Address.Host);
        Assert.Equal(["a", "b", "c", "a", "b", "c"], picks);
    }

    [Theory]
    [InlineData("cost")]
    [InlineData("least_busy")]
    [InlineData("prefix_hash")]
    [InlineData("round_robin")]
    public void Every_name_makes_a_picker_that_does_without_knowing_the_request(string name)
    {
        var picker = ReplicaPickers.Create(name, A.PickerSettings());
        Assert.Contains(picker.Pick(_replicas, default).Replica, _replicas);
    }

    private static void Enter(Replica replica, int times)
    {
        for (var i = 0; i < times; i++)
            replica.Enter();
    }
}
