namespace Gateway.Configuration;

/// <summary>Where each key of the file stands, and which values could not be read, so that no rule complains about them again.</summary>
public sealed class ConfigMarks
{
    private readonly Dictionary<string, ConfigMark> _marks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ConfigMark> _texts = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unreadable = new(StringComparer.Ordinal);

    /// <summary>The place of the key, or of the nearest key around it that is in the file; 0:0 when nothing is marked.</summary>
    public ConfigMark Find(string path)
    {
        for (var at = path; ; at = ConfigPath.Parent(at))
        {
            if (_marks.TryGetValue(at, out var mark) || at.Length == 0)
            {
                return mark;
            }
        }
    }

    /// <summary>A place in a text that has lines of its own: the file's line and column of it.</summary>
    /// <param name="path">The key whose value the text is.</param>
    /// <param name="line">Line in the text, from 1.</param>
    /// <param name="column">Column in that line, from 1.</param>
    public ConfigMark FindWithin(string path, int line, int column) =>
        _texts.TryGetValue(path, out var text) ? new ConfigMark(text.Line + line - 1, text.Column + column - 1) : Find(path);

    internal void PutText(string path, ConfigMark mark) => _texts.TryAdd(path, mark);

    internal void Put(string path, ConfigMark mark) => _marks.TryAdd(path, mark);

    internal void PutUnreadable(string path) => _unreadable.Add(path);

    /// <summary>Whether this very value, or one around it, could not be read.</summary>
    internal bool IsUnreadable(string path)
    {
        for (var at = path; ; at = ConfigPath.Parent(at))
        {
            if (_unreadable.Contains(at))
            {
                return true;
            }

            if (at.Length == 0)
            {
                return false;
            }
        }
    }

    /// <summary>Whether the value, one around it or one within it could not be read.</summary>
    internal bool IsIncomplete(string path) =>
        IsUnreadable(path) || _unreadable.Any(unreadable => ConfigPath.IsWithin(unreadable, path));
}
