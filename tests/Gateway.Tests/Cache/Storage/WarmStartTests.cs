using Gateway.Configuration;
using Gateway.Tests.Running;

namespace Gateway.Tests.Cache.Storage;

/// <summary>What of the cache outlives the process.</summary>
public sealed class WarmStartTests : IDisposable
{
    private const string Known = "What is the capital of France?", Same = "what is the capital of France";

    private readonly string _directory = Directory.CreateTempSubdirectory("gateway-cache-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task A_new_start_knows_the_answers_of_the_last_one_and_what_they_mean()
    {
        await FillAsync();
        await using var gateway = await StartAsync();
        await UntilWarmAsync(gateway);
        Assert.Equal("hit exact", await gateway.OutcomeAsync(Ask.Chat(ask: Known)));
        Assert.StartsWith("hit semantic ", await gateway.OutcomeAsync(Ask.Chat(ask: Same)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_flushed_does_not_come_back()
    {
        await FillAsync(flush: true);
        await using var gateway = await StartAsync();
        await UntilWarmAsync(gateway);
        Assert.Equal("miss", await gateway.OutcomeAsync(Ask.Chat(ask: Known)));
    }

    [Fact]
    public async Task Damaged_files_are_told_and_left_out()
    {
        await FillAsync();
        foreach (var file in Directory.GetFiles(_directory, "*.snapshot"))
        {
            var bytes = await File.ReadAllBytesAsync(file);
            bytes[^20] ^= 1;
            await File.WriteAllBytesAsync(file, bytes);
        }

        await using var gateway = await StartAsync();
        await UntilWarmAsync(gateway);
        Assert.Equal("miss", await gateway.OutcomeAsync(Ask.Chat(ask: Known)));
        Assert.Equal(2, gateway.Log.Lines.Count(line => line.Contains("the cache starts without what it held", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Only_the_gateways_user_may_read_what_is_kept()
    {
        await FillAsync();
        var files = Directory.GetFiles(_directory, "*.snapshot");
        Assert.Equal(2, files.Length);
        Assert.All(files, file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
    }

    private async Task FillAsync(bool flush = false)
    {
        await using var gateway = await StartAsync();
        await gateway.OutcomeAsync(Ask.Chat(ask: Known));
        await gateway.SettleAsync();
        if (flush)
        {
            using var admin = new HttpClient { BaseAddress = gateway.Admin };
            using var flushed = await admin.PostAsync("admin/cache/flush", null);
            Assert.True(flushed.IsSuccessStatusCode);
        }

        await gateway.StopAsync();
    }

    private Task<GatewayApplication> StartAsync() => CachedGateway.StartAsync(
        cache => cache with { Budget = TimeSpan.FromSeconds(20), Semantic = new SemanticOptions { Similarity = 0.9, Checked = 0 } },
        options => options with { State = new StateOptions { Directory = _directory } });

    private static Task UntilWarmAsync(GatewayApplication gateway) =>
        CallerTests.UntilAsync(() => gateway.Log.Lines.Count(line => line.Contains(".snapshot", StringComparison.Ordinal)) >= 2);
}
