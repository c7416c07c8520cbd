using System.ComponentModel;
using System.Text;

namespace Gateway.Configuration;

/// <summary>A Qdrant server.</summary>
public sealed record QdrantOptions
{
    [Description("Its REST API, such as http://qdrant:6333.")]
    public required Uri Url { get; init; }

    [Description("API key: ${NAME} from the environment, or file:/path. Absent: none.")]
    [Secret]
    public string? ApiKey { get; init; }

    [Description("What the collections' names begin with, so that several fleets can share a server.")]
    public string Prefix { get; init; } = "gateway-cache";

    // The generated one would print the key.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append($"Url = {Url}, ApiKey = {(ApiKey is null ? "" : "***")}, Prefix = {Prefix}");
        return true;
    }
}
