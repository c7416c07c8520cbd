namespace Gateway.Upstream.Discovery;

/// <summary>A replica that a source knows of.</summary>
/// <param name="Address">Base address, with its closing slash.</param>
/// <param name="IsLeaving">It still serves what it has, and takes nothing new.</param>
public readonly record struct FoundReplica(Uri Address, bool IsLeaving = false)
{
    /// <param name="host">An IP address, IPv6 without brackets.</param>
    /// <param name="port">Where it serves.</param>
    /// <param name="isLeaving">Whether it takes nothing new.</param>
    public static FoundReplica At(string host, int port, bool isLeaving = false) =>
        new(new UriBuilder(Uri.UriSchemeHttp, host, port).Uri, isLeaving);
}
