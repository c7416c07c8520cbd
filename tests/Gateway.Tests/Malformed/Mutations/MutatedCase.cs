using System.Text;

namespace Gateway.Tests.Malformed.Mutations;

/// <summary>How a case that failed is told, so that it can be kept: the line goes into <see cref="Corpus.KeptBodies"/> as it stands.</summary>
internal static class MutatedCase
{
    public static string Replay(SeedBody seed, byte[] body) =>
        $"new(\"{seed.Path}\", {System.Text.Json.JsonSerializer.Serialize(seed.ContentType)}, \"{Convert.ToBase64String(body)}\"),\n{Encoding.Latin1.GetString(body)}";
}
