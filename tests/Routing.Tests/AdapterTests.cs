using Gateway.Routing.Balancing;
using Gateway.Routing.Cascade;
using Gateway.Routing.Health;

namespace Gateway.Routing.Tests;

public sealed class AdapterTests
{
    private readonly Replica _a = A.Replica("a");
    private readonly Replica _b = A.Replica("b");
    private readonly Replica _c = A.Replica("c");
    private readonly Pool _pool;

    public AdapterTests() => _pool = A.Pool("llm", null, _a, _b, _c);

    [Fact]
    public void Goes_to_replicas_that_are_known_to_have_it()
    {
        Serve(_b, "org/llm", "sales");
        Serve(_c, "org/llm");
        Assert.Equal(["b"], Picks("sales"));
    }

    [Fact]
    public void Goes_to_any_when_none_is_known_to_have_it()
    {
        Serve(_c, "org/llm");
        Assert.Equal(["a", "b", "c"], Picks("sales"));
    }

    [Fact]
    public void Goes_to_the_others_once_those_that_have_it_are_tried()
    {
        Serve(_b, "sales");
        Assert.NotSame(_b, _pool.Pick([_b], request: new PickRequest { Adapter = "sales" })!.Value.Replica);
    }

    [Fact]
    public void A_request_without_one_goes_to_any()
    {
        Serve(_b, "sales");
        Assert.Equal(["a", "b", "c"], Picks(null));
    }

    [Fact]
    public void Fallback_pools_are_asked_for_their_own_model()
    {
        var other = A.Pool("other");
        var route = new ModelRoute("m", [_pool], [other]) { Adapter = "sales" };
        Assert.Equal("sales", route.AdapterAt(_pool));
        Assert.Null(route.AdapterAt(other));
    }

    private string[] Picks(string? adapter) =>
        [.. Enumerable.Range(0, 30).Select(_ => _pool.Pick([], request: new PickRequest { Adapter = adapter })!.Value.Replica.Address.Host).Distinct().Order()];

    private static void Serve(Replica replica, params string[] names) => replica.Capabilities = new ReplicaCapabilities { Models = [.. names] };
}
