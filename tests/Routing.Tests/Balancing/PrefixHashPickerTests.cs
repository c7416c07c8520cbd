using Gateway.Routing.Balancing;

namespace Gateway.Routing.Tests.Balancing;

public sealed class PrefixHashPickerTests
{
    private readonly Replica[] _replicas = [.. Enumerable.Range(0, 8).Select(i => A.Replica($"r{i}"))];
    private readonly PrefixHashPicker _picker = new(new Random(1));

    [Fact]
    public void Prompts_that_begin_alike_go_to_the_same_replica()
    {
        var first = Pick(_replicas, 1, 2, 3, 4, 5);
        Assert.Same(first, Pick(_replicas, 1, 2, 3, 4, 6, 7));
        Assert.Equal(8, Enumerable.Range(0, 200).Select(i => Pick(_replicas, i)).Distinct().Count());
    }

    [Fact]
    public void A_replica_that_goes_moves_only_its_own_prompts()
    {
        foreach (var prompt in Enumerable.Range(0, 200))
        {
            var before = Pick(_replicas, prompt);
            if (before != _replicas[3])
                Assert.Same(before, Pick([.. _replicas.Where(replica => replica != _replicas[3])], prompt));
        }
    }

    [Fact]
    public void A_replica_with_more_than_its_share_is_passed_over()
    {
        var favourite = Pick(_replicas, 1);
        for (var i = 0; i < 80; i++)
            Pick(_replicas, 1).Enter();
        Assert.InRange(favourite.InFlight, 10, 13);
        Assert.All(_replicas, replica => Assert.InRange(replica.InFlight, 0, 13));
    }

    private Replica Pick(Replica[] among, params int[] parts) =>
        _picker.Pick(among, new PickRequest(parts.Length * PickRequest.TokensPerBlock, PrefixMemoryTests.Prompt(parts))).Replica;
}
