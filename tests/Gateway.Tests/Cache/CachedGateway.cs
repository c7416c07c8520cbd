using Gateway.Configuration;
using Gateway.Simulator;
using Gateway.Tests.Running;

namespace Gateway.Tests.Cache;

/// <summary>A gateway that caches, before one simulated replica in each pool.</summary>
internal static class CachedGateway
{
    public const string Header = "x-gateway-cache";

    private static int _marks;

    public static Task<GatewayApplication> StartAsync(
        Func<CacheOptions, CacheOptions>? cache = null, Func<GatewayOptions, GatewayOptions>? options = null, Func<PoolOptions, PoolOptions>? pool = null,
        SimulatorOptions? replica = null)
    {
        var chosen = new CacheOptions { Exact = new ExactOptions { Memory = 16 * 1024 * 1024 } };
        return GatewayApplication.StartAsync(
            slm: 1,
            pool: pool,
            replica: replica,
            options: all =>
            {
                all = all with { Cache = cache?.Invoke(chosen) ?? chosen };
                return options?.Invoke(all) ?? all;
            });
    }

    /// <summary>What the cache made of a request, as its response says; the body is read to its end.</summary>
    public static async Task<string> OutcomeAsync(this GatewayApplication gateway, string body, params (string Name, string Value)[] headers)
    {
        using var response = await gateway.ChatAsync(body, headers);
        await response.Content.ReadAsByteArrayAsync();
        return ChatTests.Header(response, Header);
    }

    /// <summary>Waits until whatever was answered before is stored, if it is to be: answers are stored in their order.</summary>
    public static async Task SettleAsync(this GatewayApplication gateway)
    {
        var body = Ask.Chat(ask: $"Is this mark number {Interlocked.Increment(ref _marks)}?");
        for (var i = 0; i < 500; i++)
        {
            if (await gateway.OutcomeAsync(body) == "hit exact")
                return;
            await Task.Delay(5);
        }

        throw new TimeoutException("nothing was stored");
    }

    /// <summary>Sends a request, waits, and sends another.</summary>
    /// <returns>What the cache made of the second one.</returns>
    public static async Task<string> AfterAsync(this GatewayApplication gateway, string first, string second, params (string Name, string Value)[] headers)
    {
        await gateway.OutcomeAsync(first);
        await gateway.SettleAsync();
        return await gateway.OutcomeAsync(second, headers);
    }

    /// <summary>How many chats the replicas were sent.</summary>
    public static int Sent(this GatewayApplication gateway) =>
        gateway.Slm.Concat(gateway.Llm).Sum(replica => replica.Received.Count(request => request.Path == "/v1/chat/completions"));
}
