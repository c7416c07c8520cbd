using System.Net;

namespace Gateway.Configuration.Rules;

/// <summary>Rules of the <c>server</c> section.</summary>
internal static class ServerRules
{
    public static void Check(ServerOptions server, RuleReport report)
    {
        report.CheckPositive("server.heartbeat", server.Heartbeat);
        report.CheckPositive("server.drain", server.Drain);
        if (server.Listen.Port != 0 && server.Listen.Port == server.Admin.Port && Overlap(server.Listen, server.Admin))
        {
            var message = $"{Quoting.Quote(server.Admin.OriginalString)} is the callers' endpoint too (server.listen "
                + $"{Quoting.Quote(server.Listen.OriginalString)}); write another port";
            report.Add("server.admin", message, "server.listen");
        }
    }

    /// <summary>Whether one socket would answer for both: the same host, or one of them stands for every host.</summary>
    private static bool Overlap(Uri one, Uri other) =>
        IsEvery(one) || IsEvery(other) || one.Host == other.Host || (one.IsLoopback && other.IsLoopback);

    private static bool IsEvery(Uri address) =>
        IPAddress.TryParse(address.DnsSafeHost, out var ip) && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any));
}
