namespace Gateway.Tests.Malformed.Corpus;

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
