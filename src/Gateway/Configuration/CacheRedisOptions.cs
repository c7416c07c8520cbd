using System.ComponentModel;
using System.Text;

namespace Gateway.Configuration;

/// <summary>A Redis or Valkey server for the cache.</summary>
public sealed record CacheRedisOptions
{
    [Description("Host and port; several with commas between them for a cluster.")]
    public required string Address { get; init; }

    [Description("Password: ${NAME} from the environment, or file:/path. Absent: none.")]
    [Secret]
    public string? Password { get; init; }

    [Description("Whether the connection is encrypted.")]
    public bool Tls { get; init; }

    [Description("What the keys begin with, so that several fleets can share a server.")]
    public string Prefix { get; init; } = "gateway:cache";

    // The generated one would print the password.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append($"Address = {Address}, Password = {(Password is null ? "" : "***")}, Tls = {Tls}, Prefix = {Prefix}");
        return true;
    }
}
