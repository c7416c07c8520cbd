using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Gateway.Routing.Cascade;

/// <summary>Every name that callers may ask for, and how the names that clients make up lead to them.</summary>
/// <remarks>
/// A name is looked up as it stands: a model, an alias, then the alias patterns. Clients built on other gateways put a
/// provider before it, once or twice (<c>openai/glm-5</c>, <c>openai/openai/glm-5</c>): while nothing matches, one leading
/// segment is dropped and the rest is looked up again.
/// </remarks>
public sealed class ModelCatalog
{
    /// <summary>How many leading segments are dropped at most.</summary>
    private const int MostPrefixes = 2;

    private readonly FrozenDictionary<string, ModelRoute> _exact;
    private readonly ImmutableArray<(NamePattern Pattern, ModelRoute Route)> _patterns;

    /// <param name="routes">The models.</param>
    /// <param name="aliases">Other names, possibly patterns with <c>*</c>, each with the route it leads to.</param>
    public ModelCatalog(IEnumerable<ModelRoute> routes, IEnumerable<KeyValuePair<string, ModelRoute>> aliases)
    {
        Routes = [.. routes];
        var (patterns, names) = (new List<(NamePattern, ModelRoute)>(), Routes.ToDictionary(route => route.Name));
        foreach (var (alias, route) in aliases)
        {
            if (NamePattern.IsPattern(alias))
                patterns.Add((new NamePattern(alias), route));
            else
                names[alias] = route;
        }

        _exact = names.ToFrozenDictionary(StringComparer.Ordinal);
        _patterns = [.. patterns.OrderByDescending(pair => pair.Item1.LiteralLength)];
        Aliases = [.. _exact.Where(pair => pair.Key != pair.Value.Name).OrderBy(pair => pair.Key, StringComparer.Ordinal)];
    }

    public ImmutableArray<ModelRoute> Routes { get; }

    /// <summary>The aliases that are names, not patterns.</summary>
    public ImmutableArray<KeyValuePair<string, ModelRoute>> Aliases { get; }

    /// <summary>Names a caller may be told of: models, then aliases.</summary>
    public IEnumerable<string> Names => Routes.Select(route => route.Name).Concat(Aliases.Select(pair => pair.Key));

    public ModelRoute? Find(string name)
    {
        if (FindAsItStands(name) is { } route)
            return route;
        for (var dropped = 0; dropped < MostPrefixes && name.IndexOf('/') is var slash and >= 0; dropped++)
        {
            name = name[(slash + 1)..];
            if (FindAsItStands(name) is { } unprefixed)
                return unprefixed;
        }

        return null;
    }

    private ModelRoute? FindAsItStands(string name)
    {
        if (_exact.TryGetValue(name, out var route))
            return route;
        foreach (var (pattern, target) in _patterns)
        {
            if (pattern.Matches(name))
                return target;
        }

        return null;
    }
}
