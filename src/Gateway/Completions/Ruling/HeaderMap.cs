using Gateway.Routing.Rules.Cel.Values;
using Microsoft.Extensions.Primitives;

namespace Gateway.Completions.Ruling;

/// <summary>Request headers as rules see them: keys in lower case, found in any; several values of one name joined by commas.</summary>
internal sealed class HeaderMap(IHeaderDictionary headers) : CelMap
{
    public override int Count => headers.Count;

    public override CelList Keys => field ??= TextMaps.KeysOf(headers.Keys);

    public override bool TryGet(in CelValue key, out CelValue value) =>
        TextMaps.TryTake(key.Kind == CelKind.Text && headers.TryGetValue(key.AsText, out var found) ? found : default, out value);
}

/// <summary>Query parameters as rules see them, alike.</summary>
internal sealed class QueryMap(IQueryCollection query) : CelMap
{
    public override int Count => query.Count;

    public override CelList Keys => field ??= TextMaps.KeysOf(query.Keys);

    public override bool TryGet(in CelValue key, out CelValue value) =>
        TextMaps.TryTake(key.Kind == CelKind.Text && query.TryGetValue(key.AsText, out var found) ? found : default, out value);
}

/// <summary>What the two maps share.</summary>
file static class TextMaps
{
    public static ValueList KeysOf(ICollection<string> keys) => new([.. keys.Select(key => CelValue.Of(key.ToLowerInvariant()))]);

    public static bool TryTake(StringValues found, out CelValue value)
    {
        var text = found.Count == 1 ? found[0] : found.Count > 1 ? found.ToString() : null;
        value = text is null ? CelValue.Null : CelValue.Of(text);
        return text is not null;
    }
}
