namespace Gateway.Tests.Malformed.Corpus;

/// <summary>A body that a mutation brought about and that once failed.</summary>
/// <param name="Path">The route it was sent to.</param>
/// <param name="ContentType">As what.</param>
/// <param name="Base64">Its bytes.</param>
public sealed record KeptBody(string Path, string ContentType, string Base64)
{
    public byte[] Bytes => Convert.FromBase64String(Base64);
}

/// <summary>Every mutation that once failed; a failing mutation test prints the line to add.</summary>
internal static class KeptBodies
{
    public static readonly KeptBody[] All =
    [
        // {"model":"small","\ud800":1,"documents":["Paris","Rome"],"top_n":1}
        new("/v1/rerank", "application/json", "eyJtb2RlbCI6InNtYWxsIiwiXHVkODAwIjoxLCJkb2N1bWVudHMiOlsiUGFyaXMiLCJSb21lIl0sInRvcF9uIjoxfQ=="),
        // {"\ud800":1,"model":"small","prompt":"Once upon a time","max_tokens":4,…}
        new("/v1/completions", "application/json",
            "eyJcdWQ4MDAiOjEsIm1vZGVsIjoic21hbGwiLCJwcm9tcHQiOiJPbmNlIHVwb24gYSB0aW1lIiwibWF4X3Rva2VucyI6NCwidGVtcGVyYXR1cmUiOjAuMiwiZWNobyI6ZmFsc2UsImxvZ3Byb2JzIjpudWxsLCJzdG9wIjpbIlxuIl19"),
    ];
}
