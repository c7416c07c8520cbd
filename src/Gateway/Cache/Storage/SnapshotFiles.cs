using Gateway.Caching.Stores;
using Gateway.Caching.Stores.Snapshots;
using Gateway.Telemetry;

namespace Gateway.Cache.Storage;

/// <summary>What a process holds in memory, in files between one run and the next.</summary>
/// <remarks>
/// They hold prompts and answers, so only the gateway's own user may read them. A file that is damaged, or of other vectors, is told and left
/// out: the cache then starts emptier, and nothing else happens.
/// </remarks>
internal sealed class SnapshotFiles(string directory, ILogger log)
{
    private const UnixFileMode OnlyMine = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private string Answers => Path.Combine(directory, "cache-answers.snapshot");

    private string Vectors => Path.Combine(directory, "cache-vectors.snapshot");

    public async Task LoadAsync(CacheStorage storage, CancellationToken cancel)
    {
        await LoadAsync(Answers, storage.Memory.LoadAsync, cancel);
        if (storage.Index is MemoryVectorIndex index)
            await LoadAsync(Vectors, index.LoadAsync, cancel);
    }

    public async Task SaveAsync(CacheStorage storage, CancellationToken cancel)
    {
        await SaveAsync(Answers, storage.Memory.SaveAsync, cancel);
        if (storage.Index is MemoryVectorIndex index)
            await SaveAsync(Vectors, index.SaveAsync, cancel);
    }

    private async Task LoadAsync(string path, Func<Stream, CancellationToken, ValueTask<SnapshotLoad>> load, CancellationToken cancel)
    {
        try
        {
            if (!File.Exists(path))
                return;
            await using var stream = File.OpenRead(path);
            var loaded = await load(stream, cancel);
            if (loaded.Refusal is { } refusal)
                log.SnapshotRefused(path, refusal);
            else
                log.SnapshotLoaded(path, loaded.Entries);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log.SnapshotRefused(path, e.Message);
        }
    }

    /// <summary>Beside the old one first: whoever ends the process meanwhile leaves one of them whole.</summary>
    private async Task SaveAsync(string path, Func<Stream, CancellationToken, ValueTask> save, CancellationToken cancel)
    {
        var beside = path + ".new";
        try
        {
            Directory.CreateDirectory(directory);
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = OnlyMine;
            await using (var stream = new FileStream(beside, options))
                await save(stream, cancel);
            File.Move(beside, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            log.SnapshotNotSaved(path, e.Message);
        }
    }
}
