using System.Globalization;
using Gateway.Caching;

namespace Gateway.Cache.Admin;

/// <summary>Reads from a query which entries are meant.</summary>
internal static class EntryQuery
{
    /// <returns>The filter; or what is wrong with the query, in a few words.</returns>
    public static (EntryFilter? Filter, string? Wrong) Read(IQueryCollection query, DateTimeOffset now)
    {
        var filter = new EntryFilter();
        foreach (var (name, values) in query)
        {
            if (values is not [{ Length: > 0 } value])
                return (null, $"{name} needs one value");
            if (With(filter, name, value, now) is not { } more)
                return (null, name is "id" or "older_than" ? $"'{value}' is no {name}" : $"'{name}' is not known here");
            filter = more;
        }

        return filter == new EntryFilter() ? (null, "nothing is given") : (filter, null);
    }

    private static EntryFilter? With(EntryFilter filter, string name, string value, DateTimeOffset now) => name switch
    {
        "owner" => filter with { Owner = value },
        "model" => filter with { Model = value },
        "tag" => filter with { Tag = value },
        "id" => CacheKey.TryParse(value, out var id) ? filter with { Id = id } : null,
        "older_than" => AgeOf(value) is { } age ? filter with { StoredBefore = now - age } : null,
        _ => null,
    };

    /// <summary>A number and a unit, as in the configuration: <c>90s</c>, <c>30m</c>, <c>2h</c>, <c>7d</c>.</summary>
    private static TimeSpan? AgeOf(string value)
    {
        double? unit = value[^1] switch { 's' => 1, 'm' => 60, 'h' => 3_600, 'd' => 86_400, _ => null };
        const double tenYears = 315_360_000;
        return unit is { } seconds
            && double.TryParse(value.AsSpan(0, value.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number * seconds is >= 0 and <= tenYears
            ? TimeSpan.FromSeconds(number * seconds)
            : null;
    }
}
