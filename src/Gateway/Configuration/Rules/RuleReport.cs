using Gateway.Configuration.Reading;

namespace Gateway.Configuration.Rules;

/// <summary>Collects broken rules, each at its place in the file, without those that follow from a value that could not be read.</summary>
internal sealed class RuleReport(ConfigMarks marks)
{
    private readonly List<ConfigError> _errors = [];

    public IReadOnlyList<ConfigError> Errors => _errors;

    /// <summary>Whether the section itself was read, so that a name missing from it is truly missing.</summary>
    public bool WasRead(string path) => !marks.IsUnreadable(path);

    public void Add(string path, string message, string? alsoJudged = null)
    {
        if (marks.IsIncomplete(path) || (alsoJudged is not null && marks.IsIncomplete(alsoJudged)))
        {
            return;
        }

        var mark = marks.Find(path);
        _errors.Add(new ConfigError(mark.Line, mark.Column, path, message));
    }

    /// <summary>Reports a fault at a line and column, both from 1, of a value that is a text with lines of its own.</summary>
    public void AddWithin(string path, int line, int column, string message)
    {
        if (!marks.IsIncomplete(path))
        {
            var mark = marks.FindWithin(path, line, column);
            _errors.Add(new ConfigError(mark.Line, mark.Column, path, message));
        }
    }

    public void CheckPolicy(string path, string name, string kind, IReadOnlyCollection<string> known)
    {
        if (!known.Contains(name))
        {
            Add(path, $"{Quoting.Quote(name)} is no {kind}{Spelling.Suggest(name, known)}; the known ones are {Quoting.List(known)}");
        }
    }

    /// <summary>Checks a name that must be one of the pools.</summary>
    public void CheckPool(string path, string name, IReadOnlyDictionary<string, PoolOptions> pools)
    {
        if (!pools.ContainsKey(name) && WasRead("pools"))
        {
            Add(path, $"{Quoting.Quote(name)} is no pool{Spelling.Suggest(name, pools.Keys)}; the pools are {Quoting.List(pools.Keys)}");
        }
    }

    /// <summary>Checks a name that must be the group of a pool.</summary>
    public void CheckGroup(string path, string name, IReadOnlyDictionary<string, PoolOptions> pools)
    {
        var groups = pools.Values.Select(pool => pool.Group).OfType<string>().Distinct().ToList();
        if (!groups.Contains(name) && WasRead("pools"))
        {
            var known = groups.Count == 0 ? "no pool has a group; write group: under the pools it shall keep to" : $"the groups are {Quoting.List(groups)}";
            Add(path, $"{Quoting.Quote(name)} is the group of no pool{Spelling.Suggest(name, groups)}; {known}");
        }
    }

    /// <summary>Checks a file that must be a scorer's artefact, where one is named.</summary>
    public void CheckArtefact(string path, string? file, string otherwise)
    {
        if (file is not null && ArtefactFile.Read(file).Error is { } error)
        {
            Add(path, $"{Quoting.Quote(file)} is no scorer's artefact: {error}; train one, or remove the line to use {otherwise}");
        }
    }

    public void CheckPositive(string path, TimeSpan value)
    {
        if (value <= TimeSpan.Zero)
        {
            Add(path, $"{Duration.Write(value)} is no time to wait; write a duration above zero");
        }
    }

    /// <summary>Checks that one duration is not longer than another of the same section.</summary>
    public void CheckOrder(string section, (string Key, TimeSpan Value) shorter, (string Key, TimeSpan Value) longer)
    {
        if (shorter.Value > longer.Value)
        {
            var message = $"{Duration.Write(longer.Value)} is shorter than {shorter.Key} ({Duration.Write(shorter.Value)}); "
                + $"write at least {Duration.Write(shorter.Value)}, or a shorter {shorter.Key}";
            Add(ConfigPath.Key(section, longer.Key), message, ConfigPath.Key(section, shorter.Key));
        }
    }
}
