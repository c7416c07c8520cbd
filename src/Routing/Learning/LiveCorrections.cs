using System.Collections.Frozen;

namespace Gateway.Routing.Learning;

/// <summary>The corrections in force by scope, read by every request and replaced whole by whoever learns.</summary>
public sealed class LiveCorrections
{
    private readonly Lock _gate = new();
    private volatile FrozenDictionary<string, Arms> _arms = FrozenDictionary<string, Arms>.Empty;

    public Arms Of(string scope) => _arms.TryGetValue(scope, out var arms) ? arms : Arms.None;

    public void Put(string scope, Arms arms)
    {
        lock (_gate)
            _arms = new Dictionary<string, Arms>(_arms, StringComparer.Ordinal) { [scope] = arms }.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
