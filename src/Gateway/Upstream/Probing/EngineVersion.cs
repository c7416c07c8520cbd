using System.Buffers;

namespace Gateway.Upstream.Probing;

/// <summary>What a version of vLLM says of what the engine can do, where asking would make it generate something.</summary>
internal static class EngineVersion
{
    /// <summary>The first release with <c>return_token_ids</c> (commit 24f4d1a2 of August 2025).</summary>
    private static readonly Version TokenIdsSince = new(0, 10, 2);

    /// <summary>Releases before this one are none that still run; builds from source call themselves 0.1.dev, whatever they are.</summary>
    private static readonly Version FirstRelease = new(0, 2, 0);

    private static readonly SearchValues<char> InReleases = SearchValues.Create("0123456789.");

    /// <summary>Whether it may return token ids: false only for a release that is known to be older.</summary>
    /// <param name="version">As the replica says it, such as <c>0.11.0rc2+g12ab</c>; null when it does not say.</param>
    public static bool MayReturnTokenIds(string? version)
    {
        var end = version is null ? 0 : version.AsSpan().IndexOfAnyExcept(InReleases);
        var release = end < 0 ? version.AsSpan() : version.AsSpan(0, end);
        return !Version.TryParse(release.TrimEnd('.'), out var known) || known < FirstRelease || known >= TokenIdsSince;
    }
}
