namespace Gateway.Routing;

/// <summary>Where a server's API begins, worked out of the address that the configuration gives.</summary>
/// <remarks>
/// A path with a version in it, such as <c>/v1</c>, <c>/api/paas/v4</c> or <c>/v1beta/openai</c>, is where the API begins; below any other
/// path it begins at <c>v1</c>. What is not part of the API, such as health and metrics, stands before the version.
/// </remarks>
public sealed class ApiAddress
{
    private const string Version = "/v1/";

    public ApiAddress(Uri address)
    {
        var path = address.AbsolutePath.EndsWith('/') ? address.AbsolutePath : address.AbsolutePath + "/";
        var version = VersionIn(path);
        Root = new Uri(address, version < 0 ? path : path[..(version + 1)]);
        Api = version < 0 ? new Uri(Root, "v1/") : new Uri(address, path);
    }

    /// <summary>What stands before the version, with its closing slash.</summary>
    public Uri Root { get; }

    /// <summary>Where the API begins, with its closing slash.</summary>
    public Uri Api { get; }

    /// <summary>Where a path leads there, as vLLM has it: <c>/v1/chat/completions</c>, <c>/health</c>.</summary>
    public Uri Of(string path) =>
        path.StartsWith(Version, StringComparison.Ordinal) ? new Uri(Api, path[Version.Length..]) : new Uri(Root, path.TrimStart('/'));

    /// <summary>Where the slash before the version stands; -1 when the path has none.</summary>
    private static int VersionIn(string path)
    {
        for (var at = 0; at + 1 < path.Length; at = path.IndexOf('/', at + 1))
        {
            if (IsVersion(path.AsSpan(at + 1, path.IndexOf('/', at + 1) - at - 1)))
                return at;
        }

        return -1;
    }

    /// <summary>A <c>v</c> and a number, and perhaps <c>alpha</c> or <c>beta</c> with a number of its own.</summary>
    private static bool IsVersion(ReadOnlySpan<char> segment)
    {
        if (segment.Length < 2 || segment[0] != 'v' || !char.IsAsciiDigit(segment[1]))
            return false;
        var rest = segment[1..].TrimStart("0123456789");
        if (rest.StartsWith("alpha"))
            rest = rest["alpha".Length..];
        else if (rest.StartsWith("beta"))
            rest = rest["beta".Length..];
        else
            return rest.IsEmpty;
        return rest.TrimStart("0123456789").IsEmpty;
    }
}
