namespace Gateway.Configuration;

/// <summary>
/// Polls the configuration file, and the secret files it names, and hands over what a change came to. It polls content rather than
/// listening for events: a ConfigMap is changed by swapping a link two directories up, which file events miss.
/// </summary>
/// <param name="file">The file to watch.</param>
/// <param name="current">The load that is in force, so that a change since then is not lost.</param>
/// <param name="time">Clock of the poll.</param>
/// <param name="onChange">Called with the new options. What it throws ends the watch.</param>
/// <param name="onInvalid">Called once for each invalid content; the options in force stay.</param>
public sealed class ConfigWatcher(
    ConfigFile file, ConfigLoad current, TimeProvider time, Action<GatewayOptions> onChange, Action<IReadOnlyList<ConfigError>> onInvalid)
{
    /// <summary>Polls without the file before that is reported; a swap takes milliseconds.</summary>
    private const int MissesReported = 10;

    private ConfigLoad _current = current;
    private string? _settling;
    private int _misses;

    /// <summary>Time between two polls. A change is applied once two polls in a row saw the same bytes, never half-written.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Polls until cancelled, then completes.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation))
            {
                Poll();
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The end that was asked for.
        }
    }

    /// <summary>One look at the file.</summary>
    internal void Poll()
    {
        var seen = file.Fingerprint(_current.NamedFiles);
        if (seen is null)
        {
            Miss();
            return;
        }

        _misses = 0;
        if (seen == _current.Fingerprint)
        {
            _settling = null;
        }
        else if (seen != _settling)
        {
            _settling = seen;
        }
        else
        {
            Apply(file.Load());
        }
    }

    private void Apply(ConfigLoad load)
    {
        if (load.Fingerprint.Length == 0)
        {
            Miss();
            return;
        }

        _settling = null;
        _current = load;
        if (load.IsValid)
        {
            onChange(load.Options);
        }
        else
        {
            onInvalid(load.Errors);
        }
    }

    private void Miss()
    {
        _settling = null;
        if (++_misses == MissesReported)
        {
            onInvalid(file.Load().Errors);
        }
    }
}
