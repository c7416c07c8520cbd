using System.ComponentModel;
using System.Text;

namespace Gateway.Configuration;

/// <summary>Where the gateway keeps what it learns. A change here needs a restart.</summary>
public sealed record StateOptions
{
    /// <summary>The <see cref="Directory"/> that is none.</summary>
    internal const string Memory = ":memory:";

    [Description("Redis or Valkey, as host:port, shared by all gateways; several with commas between them. Absent: a file in directory.")]
    public string? Redis { get; init; }

    [Description("Password for redis: ${NAME} from the environment, or file:/path. Absent: none.")]
    [Secret]
    public string? Password { get; init; }

    [Description("Whether the connection to redis is encrypted.")]
    public bool Tls { get; init; }

    [Description("What the keys in redis begin with, so that several fleets can share a server.")]
    public string Prefix { get; init; } = "gateway";

    [Description("Directory for the state of this gateway when there is no redis; made when it does not exist. :memory: keeps nothing.")]
    public string Directory { get; init; } = "./data";

    // The generated one would print the password.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append($"Redis = {Redis}, Password = {(Password is null ? "" : "***")}, Tls = {Tls}, Prefix = {Prefix}, Directory = {Directory}");
        return true;
    }
}
