using System.Globalization;
using System.Text.RegularExpressions;
using Gateway.Configuration;

namespace Gateway.Tests.Running;

public sealed class SavingsTests
{
    private static readonly PriceOptions Price = new() { Input = 1, Output = 2 };

    [Fact]
    public async Task What_the_small_pool_answers_is_reckoned_by_the_large_pools_price()
    {
        await using var gateway = await StartAsync("thrifty", threshold: 1);
        using var answer = await gateway.ChatAsync(Ask.Chat(model: "thrifty"));
        var line = await gateway.Log.RequestAsync();
        var (prompt, completion) = (Number(line, "prompt_tokens"), Number(line, "completion_tokens"));
        Assert.Equal(((prompt * 9) + (completion * 18)) / 1_000_000, Number(line, "saved_usd"));
        using var admin = new HttpClient();
        var metrics = await admin.GetStringAsync(new Uri(gateway.Admin, "metrics"), TestContext.Current.CancellationToken);
        Assert.Contains($"gateway_large_pool_tokens_freed_total{{model=\"thrifty\",kind=\"prompt\"}} {prompt}", metrics, StringComparison.Ordinal);
        Assert.Contains("gateway_savings_usd_total{model=\"thrifty\"}", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_large_pool_answers_saves_nothing()
    {
        await using var gateway = await StartAsync("lavish", threshold: 0);
        using var answer = await gateway.ChatAsync(Ask.Chat(model: "lavish"));
        Assert.DoesNotMatch("saved_usd=[0-9]", await gateway.Log.RequestAsync());
    }

    private static Task<GatewayApplication> StartAsync(string model, double threshold) =>
        GatewayApplication.StartAsync(options: options => options with
        {
            Pools = options.Pools.ToDictionary(
                pair => pair.Key,
                pair => pair.Value with { Price = pair.Key == "slm" ? Price : new PriceOptions { Input = 10, Output = 20 } }),
            Models = new Dictionary<string, ModelOptions>
            {
                [model] = new() { Cascade = new CascadeOptions { Pools = ["slm", "llm"], Threshold = threshold } },
            },
            Aliases = new Dictionary<string, string>(),
        });

    private static decimal Number(string line, string field) =>
        decimal.Parse(Regex.Match(line, $@"\b{field}=([0-9.]+)").Groups[1].Value, NumberStyles.Number, CultureInfo.InvariantCulture);
}
