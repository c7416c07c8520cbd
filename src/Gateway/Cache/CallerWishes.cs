using System.Collections.Immutable;
using Microsoft.Extensions.Primitives;

namespace Gateway.Cache;

/// <summary>What the caller's headers say of the cache.</summary>
internal readonly record struct CallerWishes
{
    /// <summary>Request header: <c>bypass</c> or <c>refresh</c>; the response says under the same name what became of it.</summary>
    public const string Header = "x-gateway-cache";

    /// <summary>Request header: words, with commas between them, that the entry is found by when it shall go.</summary>
    public const string TagsHeader = "x-gateway-cache-tags";

    /// <summary>Words that one caller may put on an entry, and the longest of them.</summary>
    private const int MostTags = 8, LongestTag = 64;

    /// <summary>It is not to be looked up, and not to be kept.</summary>
    public bool Declines { get; private init; }

    /// <summary>It is not to be looked up, but kept in place of what there is.</summary>
    public bool Refreshes { get; private init; }

    public static CallerWishes Of(IHeaderDictionary headers)
    {
        // Whoever asks for something we do not know does not ask for a stored answer.
        var said = headers.TryGetValue(Header, out var values) ? values.ToString().Trim() : "";
        var refreshes = said.Equals("refresh", StringComparison.OrdinalIgnoreCase);
        var control = headers.CacheControl;
        return new CallerWishes
        {
            Declines = (said.Length > 0 && !refreshes) || Says(control, "no-store"),
            Refreshes = refreshes || Says(control, "no-cache"),
        };
    }

    /// <summary>The caller's words behind the configuration's; those that are no words are left out.</summary>
    public static ImmutableArray<string> TagsOf(IHeaderDictionary headers, ImmutableArray<string> configured)
    {
        if (!headers.TryGetValue(TagsHeader, out var values))
            return configured;
        var own = values.ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(IsTag).Take(MostTags);
        return [.. configured.Concat(own).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Whether it can be a tag: up to 64 letters, digits, and <c>. _ : -</c>.</summary>
    public static bool IsTag(string text) =>
        text.Length is > 0 and <= LongestTag && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or ':' or '-');

    private static bool Says(StringValues control, string directive)
    {
        foreach (var line in control)
        {
            foreach (var part in line.AsSpan().Split(','))
            {
                if (line.AsSpan(part).Trim().Equals(directive, StringComparison.OrdinalIgnoreCase))
                    return true;
            }
        }

        return false;
    }
}
