using System.Net;

namespace Gateway.Configuration.Rules;

/// <summary>Rules of <c>pools.*.discover</c>.</summary>
internal static class DiscoverRules
{
    /// <summary>Longest label of a DNS name, and so of a Kubernetes name (RFC 1035, section 2.3.4).</summary>
    private const int LongestLabel = 63;

    public static void Check(DiscoverOptions discover, string path, RuleReport report)
    {
        if (discover.Dns is null == discover.Kubernetes is null)
        {
            var what = discover.Dns is null ? "nothing says where replicas are found" : "replicas are found in two ways";
            report.Add(path, $"{what}; write either dns: NAME or kubernetes: {{ service: NAME, namespace: NAME, port: 8000 }}");
        }

        CheckDns(discover, path, report);
        if (discover.Kubernetes is { } kubernetes)
        {
            CheckName($"{path}.kubernetes.service", kubernetes.Service, "service", report);
            CheckName($"{path}.kubernetes.namespace", kubernetes.Namespace, "namespace", report);
        }
    }

    private static void CheckDns(DiscoverOptions discover, string path, RuleReport report)
    {
        if (discover.Dns is null)
        {
            CheckDnsOnly(discover, path, report);
            return;
        }

        if (!IsHost(discover.Dns))
        {
            report.Add($"{path}.dns", $"{Quoting.Quote(discover.Dns)} is no DNS name; write it without scheme and port: vllm-slm.ai-inference.svc");
        }

        if (discover.Srv && discover.Port is not null)
        {
            report.Add($"{path}.port", $"SRV records name the ports; remove port: {discover.Port}, or srv");
        }
        else if (!discover.Srv && discover.Port is null)
        {
            report.Add(path, "addresses have no port; write port: 8000, or srv: true with the name of a service");
        }

        if (discover.Resolver is not null && !(IPEndPoint.TryParse(discover.Resolver, out var server) && server.Port > 0))
        {
            report.Add($"{path}.resolver", $"{Quoting.Quote(discover.Resolver)} is no address of a DNS server; write IP and port: 10.96.0.10:53");
        }
    }

    /// <summary>What belongs to dns stands nowhere else.</summary>
    private static void CheckDnsOnly(DiscoverOptions discover, string path, RuleReport report)
    {
        if (discover.Port is not null)
        {
            report.Add($"{path}.port", "there is no dns that it would belong to; the port of a Kubernetes service is kubernetes.port");
        }

        if (discover.Srv)
        {
            report.Add($"{path}.srv", "there is no dns that it would belong to; remove the line");
        }

        if (discover.Resolver is not null)
        {
            report.Add($"{path}.resolver", "there is no dns that it would belong to; remove the line");
        }
    }

    private static void CheckName(string path, string name, string kind, RuleReport report)
    {
        if (!(name.Length > 0 && IsLabel(name) && name.All(c => c is '-' || char.IsAsciiDigit(c) || char.IsAsciiLetterLower(c))))
        {
            report.Add(path, $"{Quoting.Quote(name)} cannot name a {kind}; use lower-case letters, digits and - between them");
        }
    }

    private static bool IsHost(string name) =>
        name.Length is > 0 and <= 253 && !IPAddress.TryParse(name, out _) && name.TrimEnd('.').Split('.').All(IsLabel);

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= LongestLabel
        && label.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
        && label[0] != '-' && label[^1] != '-';
}
