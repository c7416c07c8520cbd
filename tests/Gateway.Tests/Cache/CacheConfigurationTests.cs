using Gateway.Configuration;
using Gateway.Hosting;
using Gateway.Tests.Running;
using Sample = Gateway.Tests.Configuration.Sample;

namespace Gateway.Tests.Cache;

/// <summary>What the configuration says of the cache, and what becomes of that.</summary>
public sealed class CacheConfigurationTests
{
    [Fact]
    public async Task Without_a_section_there_is_no_cache_and_no_header()
    {
        await using var gateway = await GatewayApplication.StartAsync(slm: 1);
        using var response = await gateway.ChatAsync(Ask.Chat(), ("x-gateway-cache", "refresh"));
        Assert.False(response.Headers.Contains(CachedGateway.Header));
        Assert.Contains("cache        off: only you know who may share answers", ConfigReport.Summary(Sample.Valid(Sample.Smallest)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Models_and_rules_have_a_word()
    {
        await using var gateway = await CachedGateway.StartAsync(options: all => all with
        {
            Models = new Dictionary<string, ModelOptions>(all.Models)
            {
                ["large"] = new() { Pool = "llm", Cache = new CachePolicyOptions { Bypass = true } },
                ["small"] = new() { Pool = "slm", Cache = new CachePolicyOptions { Ttl = TimeSpan.FromMilliseconds(1) } },
            },
            Rules = [new RuleOptions { Name = "now", When = "\"x-now\" in headers", Cache = new CachePolicyOptions { Bypass = true } }],
        });
        Assert.Equal("bypass configured", await gateway.OutcomeAsync(Ask.Chat(model: "large")));
        Assert.Equal("bypass configured", await gateway.OutcomeAsync(Ask.Chat(), ("x-now", "1")));
        Assert.Equal("miss", await gateway.AfterAsync(Ask.Chat(model: "small"), Ask.Chat(model: "small")));
    }

    [Fact]
    public async Task Answers_outlive_a_reload_and_not_a_new_revision()
    {
        await using var gateway = await CachedGateway.StartAsync();
        Assert.Equal("hit exact", await gateway.AfterAsync(Ask.Chat(), Ask.Chat()));
        var (before, builder) = (gateway.Live.Current, new BlueprintBuilder(TimeProvider.System, new Random(1)));
        gateway.Live.Replace(builder.Build(before.Options with { Cache = before.Options.Cache! with { MaxTemperature = 0.7 } }, before));
        Assert.Equal("bypass temperature", await gateway.OutcomeAsync(Ask.Chat()));
        gateway.Live.Replace(builder.Build(before.Options, gateway.Live.Current));
        Assert.Equal("hit exact", await gateway.OutcomeAsync(Ask.Chat()));
        var pools = before.Options.Pools.ToDictionary(pair => pair.Key, pair => pair.Value with { Revision = "2" });
        gateway.Live.Replace(builder.Build(before.Options with { Pools = pools }, gateway.Live.Current));
        Assert.Equal("miss", await gateway.OutcomeAsync(Ask.Chat()));
    }

    [Fact]
    public async Task A_new_epoch_forgets_everything()
    {
        await using var gateway = await CachedGateway.StartAsync();
        Assert.Equal("hit exact", await gateway.AfterAsync(Ask.Chat(), Ask.Chat()));
        var answers = gateway.Live.Current.Cache!.Answers;
        answers.AdvanceTo(answers.Epoch + 1);
        Assert.Equal("miss", await gateway.OutcomeAsync(Ask.Chat()));
    }

    [Theory]
    [InlineData("cache: { scope: all }", "\"all\" is no scope of a cache")]
    [InlineData("cache: { exact: { ttl: 0s } }", "\"0s\" is too short")]
    [InlineData("cache: { semantic: { index: disk } }", "\"disk\" is no vector index")]
    [InlineData("cache: { embedder: magic }", "\"magic\" is no embedder")]
    [InlineData("cache: { embedder: \"pool:slmm\" }", "\"slmm\" is no pool")]
    [InlineData("cache: { max_temperature: 3 }", "out of range")]
    [InlineData("models: { a: { pool: slm, cache: { ttl: 1h } } }", "there is no cache that this could change")]
    [InlineData("cache: {}\nmodels: { a: { pool: slm, cache: { ttl: 1h, bypass: true } } }", "what passes by the cache is not kept")]
    [InlineData("cache: {}\nmodels: { a: { pool: slm, cache: { tags: [\"a b\"] } } }", "\"a b\" cannot be a tag")]
    public void A_mistake_is_named(string text, string error) =>
        Assert.Contains(error, Sample.Error(Sample.Smallest + text), StringComparison.Ordinal);

    [Fact]
    public void The_report_says_what_the_cache_does()
    {
        const string Text = "cache: { scope: everyone, semantic: {} }\nmodels: { a: { pool: slm, cache: { ttl: 10m } } }\n";
        var report = ConfigReport.Summary(Sample.Valid(Sample.Smallest + Text));
        Assert.Contains("cache        all callers share answers for 1h, up to 256 MiB in memory", report, StringComparison.Ordinal);
        Assert.Contains("asks that mean the same share them for 24h: similarity from 0.92 on by builtin, index memory", report, StringComparison.Ordinal);
        Assert.Contains("a: cached for 10m", report, StringComparison.Ordinal);
    }
}
