namespace Gateway.Tests.Malformed.Corpus;

/// <summary>A body that a mutation brought about and that once failed.</summary>
/// <param name="Path">The route it was sent to.</param>
/// <param name="ContentType">As what.</param>
/// <param name="Base64">Its bytes.</param>
public sealed record KeptBody(string Path, string ContentType, string Base64)
{
    public byte[] Bytes => Convert.FromBase64String(Base64);
}
