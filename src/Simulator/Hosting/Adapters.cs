namespace Gateway.Simulator.Hosting;

/// <summary>The names served: the model and the LoRA adapters loaded on top of it.</summary>
internal sealed class Adapters(string model)
{
    private readonly Lock _gate = new();
    private volatile Dictionary<string, string> _paths = new(StringComparer.Ordinal);

    /// <summary>Adapters by name, with the path each was loaded from. A snapshot.</summary>
    public IReadOnlyDictionary<string, string> Loaded => _paths;

    public bool Serves(string name) => name == model || _paths.ContainsKey(name);

    /// <summary>False if it is loaded already and may not be replaced.</summary>
    public bool Load(string name, string path, bool replace)
    {
        lock (_gate)
        {
            if (_paths.ContainsKey(name) && !replace) return false;
            _paths = new(_paths, StringComparer.Ordinal) { [name] = path };
            return true;
        }
    }

    public bool Unload(string name)
    {
        lock (_gate)
        {
            var rest = new Dictionary<string, string>(_paths, StringComparer.Ordinal);
            if (!rest.Remove(name)) return false;
            _paths = rest;
            return true;
        }
    }
}
