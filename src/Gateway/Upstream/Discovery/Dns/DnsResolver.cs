using System.Net;
using DnsClient;
using DnsClient.Protocol;

namespace Gateway.Upstream.Discovery.Dns;

/// <summary>Asks a DNS server for replicas, with the time that its records hold; .NET's own resolver does not tell that time.</summary>
/// <remarks>Answers that are too long for a datagram are asked for again over TCP.</remarks>
public sealed class DnsResolver
{
    /// <summary>How long a datagram is waited for before it is sent once more.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly LookupClient _client;
    private readonly SearchList _search;

    /// <param name="server">The server to ask; null: those of the system, with its search list.</param>
    public DnsResolver(IPEndPoint? server)
    {
        var settings = server is null ? new LookupClientOptions() : new LookupClientOptions(server);
        (settings.UseCache, settings.Retries, settings.Timeout) = (false, 1, Patience);
        _client = new LookupClient(settings);
        _search = server is null ? SearchList.OfSystem() : SearchList.None;
    }

    /// <summary>The addresses of a name, each with the port given. IPv6 only where there is no IPv4: a host with both is one replica.</summary>
    public async Task<DnsAnswer> FindHostsAsync(string name, int port, CancellationToken cancel)
    {
        var (addresses, ttl, failure) = await FindAsync<AddressRecord>(name, [QueryType.A, QueryType.AAAA], cancel);
        return new DnsAnswer([.. addresses.Select(record => FoundReplica.At(record.Address.ToString(), port))], ttl, failure);
    }

    /// <summary>The hosts and ports of a service, of the records with the best priority.</summary>
    public async Task<DnsAnswer> FindServiceAsync(string name, CancellationToken cancel)
    {
        var (services, ttl, failure) = await FindAsync<SrvRecord>(name, [QueryType.SRV], cancel);
        var replicas = new List<FoundReplica>();
        var best = services.Count == 0 ? 0 : services.Min(record => record.Priority);
        foreach (var service in services.Where(record => record.Priority == best))
        {
            var hosts = await FindHostsAsync(service.Target.Value, service.Port, cancel);
            replicas.AddRange(hosts.Replicas);
            if (hosts.Failure is null)
                ttl = hosts.Ttl < ttl ? hosts.Ttl : ttl;
            else
                failure ??= hosts.Failure;
        }

        // A host that has no address yet is looked up again soon; the others serve meanwhile.
        return new DnsAnswer(replicas, ttl, replicas.Count > 0 ? null : failure);
    }

    private async Task<(IReadOnlyList<T> Records, TimeSpan Ttl, string? Failure)> FindAsync<T>(
        string name, QueryType[] types, CancellationToken cancel)
        where T : DnsResourceRecord
    {
        var failure = $"{name} has no {string.Join(" or ", types)} records";
        foreach (var full in _search.Expand(name))
        {
            foreach (var type in types)
            {
                var answer = await _client.QueryAsync(full, type, cancellationToken: cancel);
                var records = answer.Answers.OfType<T>().ToList();
                // What lies between the name and its addresses (CNAME) expires as well.
                if (records.Count > 0)
                    return (records, TimeSpan.FromSeconds(answer.Answers.Min(record => record.InitialTimeToLive)), null);
                if (answer.HasError && answer.Header.ResponseCode != DnsHeaderResponseCode.NotExistentDomain)
                    failure = $"{full}: {answer.ErrorMessage}";
            }
        }

        return ([], TimeSpan.Zero, failure);
    }
}
