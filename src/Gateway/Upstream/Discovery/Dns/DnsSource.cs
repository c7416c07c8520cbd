using Gateway.Configuration;

namespace Gateway.Upstream.Discovery.Dns;

/// <summary>Asks for a name again whenever its records expire. A lookup that fails, or finds nothing, changes nothing.</summary>
/// <remarks>
/// Nothing found may mean that nobody serves or that the server is confused, and DNS cannot say which: the members that were found
/// before stay, and probes and breakers rule out those that do not answer.
/// </remarks>
internal sealed class DnsSource(DiscoverOptions options, DnsResolver resolver, TimeProvider time, Random chance) : IReplicaSource
{
    /// <summary>Bounds of the time between two lookups, whatever the records say.</summary>
    private static readonly TimeSpan Soonest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Latest = TimeSpan.FromMinutes(5);

    public async Task RunAsync(IFindings findings, CancellationToken stopping)
    {
        var backoff = new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30), chance);
        while (!stopping.IsCancellationRequested)
        {
            var answer = await AskAsync(stopping);
            if (stopping.IsCancellationRequested)
                return;
            TimeSpan pause;
            if (answer.Failure is { } failure)
            {
                findings.Failed(failure);
                pause = backoff.Next();
            }
            else
            {
                findings.Found(answer.Replicas);
                backoff.Reset();
                pause = Clamp(answer.Ttl);
            }

            await Task.Delay(pause, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<DnsAnswer> AskAsync(CancellationToken stopping)
    {
        try
        {
            return options.Srv
                ? await resolver.FindServiceAsync(options.Dns!, stopping)
                : await resolver.FindHostsAsync(options.Dns!, options.Port!.Value, stopping);
        }
#pragma warning disable CA1031 // However a lookup fails, the members known stay and the source asks again.
        catch (Exception exception)
#pragma warning restore CA1031 // Elsewhere only named exceptions are caught.
        {
            return new DnsAnswer([], TimeSpan.Zero, exception.Message);
        }
    }

    private static TimeSpan Clamp(TimeSpan ttl) => ttl < Soonest ? Soonest : ttl > Latest ? Latest : ttl;
}
