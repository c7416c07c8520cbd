using System.ComponentModel;

namespace Gateway.Configuration;

/// <summary>How a pool's replicas at https addresses are trusted, and what they are shown. Files are PEM, and read again when they change.</summary>
public sealed record TlsOptions
{
    [Description("File with the authorities that may have signed the replicas' certificates, instead of the system's.")]
    public string? Ca { get; init; }

    [Description("File with the gateway's own certificate, and those between it and its authority: for replicas that ask for one (mTLS).")]
    public string? Certificate { get; init; }

    [Description("File with the certificate's private key. Absent: it is in the certificate's file.")]
    public string? Key { get; init; }

    [Description("The name that the replicas' certificates must bear, also sent to them, as Host too. Absent: the host of their address.")]
    public string? ServerName { get; init; }
}
