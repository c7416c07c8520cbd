using System.Diagnostics;
using System.Threading.Channels;
using Gateway.Configuration;
using Gateway.Hosting;
using Gateway.Routing.Complexity;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Tests.Configuration;

public sealed class ConfigWatcherTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gateway-watch-");
    private readonly List<GatewayOptions> _changes = [];
    private readonly List<IReadOnlyList<ConfigError>> _refusals = [];

    private string FilePath => Path.Combine(_folder.FullName, "gateway.yaml");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Hands_over_a_change_once_it_has_settled()
    {
        var watcher = Watch(Sample.Smallest);

        Poll(watcher, 3);
        Assert.Empty(_changes);
        File.WriteAllText(FilePath, Named("second"));
        Poll(watcher, 1);
        Assert.Empty(_changes);
        Poll(watcher, 3);

        Assert.Equal("second", Assert.Single(_changes).Pools["slm"].Model);
    }

    [Fact]
    public void Never_applies_a_file_that_is_still_being_written()
    {
        var watcher = Watch(Sample.Smallest);
        var whole = Named("second") + "aliases: { a: slm }\n";

        File.WriteAllText(FilePath, whole[..^"aliases: { a: slm }\n".Length]);
        Poll(watcher, 1);
        File.WriteAllText(FilePath, whole);
        Poll(watcher, 2);

        Assert.Single(Assert.Single(_changes).Aliases);
        Assert.Empty(_refusals);
    }

    [Fact]
    public void An_invalid_file_changes_nothing_and_is_reported_once()
    {
        var watcher = Watch(Sample.Smallest);

        File.WriteAllText(FilePath, "pools: {}\n");
        Poll(watcher, 5);
        Assert.Empty(_changes);
        Assert.Equal("pools", Assert.Single(Assert.Single(_refusals)).Path);

        File.WriteAllText(FilePath, "pools: []\n");
        Poll(watcher, 5);
        Assert.Equal(2, _refusals.Count);

        File.WriteAllText(FilePath, Sample.Smallest);
        Poll(watcher, 5);
        Assert.Single(_changes);
        Assert.Equal(2, _refusals.Count);
    }

    [Fact]
    public async Task Sees_the_swap_of_a_config_map()
    {
        // As the kubelet does it: gateway.yaml -> ..data/gateway.yaml, ..data -> ..first, and a rename over ..data.
        Write("..first/gateway.yaml", Sample.Smallest);
        Directory.CreateSymbolicLink(At("..data"), "..first");
        File.CreateSymbolicLink(FilePath, "..data/gateway.yaml");
        var watcher = Watch(null);
        Poll(watcher, 2);
        Assert.Empty(_changes);

        Write("..second/gateway.yaml", Named("second"));
        Directory.CreateSymbolicLink(At("..data_tmp"), "..second");
        await Process.Start("mv", ["-T", At("..data_tmp"), At("..data")]).WaitForExitAsync();
        Directory.Delete(At("..first"), recursive: true);
        Poll(watcher, 2);

        Assert.Equal("second", Assert.Single(_changes).Pools["slm"].Model);
    }

    [Fact]
    public void Outlasts_a_file_that_is_gone_for_a_moment()
    {
        var watcher = Watch(Sample.Smallest);

        File.Delete(FilePath);
        Poll(watcher, 9);
        File.WriteAllText(FilePath, Named("second"));
        Poll(watcher, 2);

        Assert.Single(_changes);
        Assert.Empty(_refusals);
    }

    [Fact]
    public void Reports_once_that_a_file_stays_away()
    {
        var watcher = Watch(Sample.Smallest);

        File.Delete(FilePath);
        Poll(watcher, 30);

        Assert.Contains("cannot be read: it does not exist", Assert.Single(Assert.Single(_refusals)).Message);
    }

    [Fact]
    public void Sees_that_a_secret_file_was_rotated()
    {
        Write("key", "first\n");
        var watcher = Watch($"{Sample.Smallest}    api_key: file:{At("key")}\n");

        Write("key", "second\n");
        Poll(watcher, 2);

        Assert.Equal("second", Assert.Single(_changes).Pools["slm"].ApiKey);
    }

    [Fact]
    public void Sees_a_change_between_the_first_load_and_the_first_poll()
    {
        File.WriteAllText(FilePath, Sample.Smallest);
        var file = new ConfigFile(FilePath, Sample.Known, Sample.Environment);
        var load = file.Load();
        File.WriteAllText(FilePath, Named("second"));

        Poll(new ConfigWatcher(file, load, TimeProvider.System, _changes.Add, _refusals.Add), 2);

        Assert.Single(_changes);
    }

    [Fact]
    public void An_artefact_that_a_cascade_names_is_read_again_when_it_changes()
    {
        var artefact = At("next.scorer");
        var own = DefaultArtefact.Instance;
        File.WriteAllBytes(artefact, ArtefactFormat.Write(own));
        var watcher = Watch($$"""
            pools:
              slm: { model: small, replicas: [http://10.0.1.4:8000] }
              llm: { model: large, replicas: [http://10.0.1.5:8000] }
            models:
              auto: { cascade: { pools: [slm, llm] } }
              next: { cascade: { pools: [slm, llm], artefact: {{artefact}} } }
            """);
        Poll(watcher, 3);
        Assert.Empty(_changes);

        File.WriteAllBytes(artefact, ArtefactFormat.Write(own with { Card = "another" }));
        Poll(watcher, 3);
        var routes = new BlueprintBuilder(TimeProvider.System, new Random(1)).Build(Assert.Single(_changes)).Catalog;
        Assert.Equal("another", ((LearnedScorer)routes.Find("next")!.Choice!.Scorer).Artefact.Card);
        Assert.Equal(own.Id, ((LearnedScorer)routes.Find("auto")!.Choice!.Scorer).Artefact.Id);

        File.WriteAllBytes(artefact, [1, 2, 3]);
        Poll(watcher, 3);
        var error = Assert.Single(Assert.Single(_refusals));
        Assert.Equal((6, "models.next.cascade.artefact"), (error.Line, error.Path));
        Assert.Contains("is no scorer's artefact: it does not begin as a scorer's artefact does; train one, or remove the line to use routing.artefact", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Polls_each_second_until_it_is_cancelled()
    {
        File.WriteAllText(FilePath, Sample.Smallest);
        var time = new FakeTimeProvider();
        var changes = Channel.CreateUnbounded<GatewayOptions>();
        var file = new ConfigFile(FilePath, Sample.Known, Sample.Environment);
        var watcher = new ConfigWatcher(file, file.Load(), time, options => changes.Writer.TryWrite(options), _refusals.Add);
        using var stop = new CancellationTokenSource();
        var running = watcher.RunAsync(stop.Token);

        File.WriteAllText(FilePath, Named("second"));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!changes.Reader.TryPeek(out _))
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(5, patience.Token);
        }

        await stop.CancelAsync();
        await running;
        Assert.Equal("second", (await changes.Reader.ReadAsync(patience.Token)).Pools["slm"].Model);
    }

    private static string Named(string model) => Sample.Smallest.Replace("model: m", $"model: {model}", StringComparison.Ordinal);

    private static void Poll(ConfigWatcher watcher, int times)
    {
        for (var i = 0; i < times; i++)
        {
            watcher.Poll();
        }
    }

    private ConfigWatcher Watch(string? text)
    {
        if (text is not null)
        {
            File.WriteAllText(FilePath, text);
        }

        var file = new ConfigFile(FilePath, Sample.Known, Sample.Environment);
        return new ConfigWatcher(file, file.Load(), TimeProvider.System, _changes.Add, _refusals.Add);
    }

    private string At(string name) => Path.Combine(_folder.FullName, name);

    private void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(name))!);
        File.WriteAllText(At(name), text);
    }
}
