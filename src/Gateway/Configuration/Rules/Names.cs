namespace Gateway.Configuration.Rules;

/// <summary>Which words may name what: pools and models, which travel in response headers, and servers.</summary>
internal static class Names
{
    public static bool IsPool(string name) =>
        name.Length > 0 && char.IsAsciiLetterOrDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');

    /// <summary>Printable ASCII without spaces; a * is for aliases only.</summary>
    public static bool IsModel(string name) => IsAlias(name) && !name.Contains('*');

    public static bool IsAlias(string name) => name.Length > 0 && name.All(c => c is > ' ' and <= '~');

    /// <summary>What callers may ask for; without <c>models</c>, each pool by its name and by the model it serves.</summary>
    public static IReadOnlyCollection<string> Models(GatewayOptions options) =>
        options.Models.Count > 0
            ? [.. options.Models.Keys]
            : [.. options.Pools.Keys.Concat(options.Pools.Values.Select(pool => pool.Model)).Where(name => name.Length > 0).Distinct()];

    /// <summary>A host and a port; the last colon divides them, so that an IPv6 address in brackets is one too.</summary>
    public static bool IsServer(string text)
    {
        var colon = text.LastIndexOf(':');
        return colon > 0
            && Uri.CheckHostName(text[..colon].Trim('[', ']')) != UriHostNameType.Unknown
            && int.TryParse(text.AsSpan(colon + 1), out var port)
            && port is > 0 and <= ushort.MaxValue;
    }
}
