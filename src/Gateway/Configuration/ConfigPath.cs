namespace Gateway.Configuration;

/// <summary>Names of places in the file: <c>pools.slm.replicas[1]</c>, <c>aliases."openai/glm-5"</c>.</summary>
internal static class ConfigPath
{
    public static string Key(string parent, string key)
    {
        var plain = key.Length > 0 && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
        var name = plain ? key : $"\"{Quoting.Escape(key)}\"";
        return parent.Length == 0 ? name : $"{parent}.{name}";
    }

    public static string Item(string parent, int index) => $"{parent}[{index}]";

    /// <summary>The path of what holds this one; empty at the top. A quoted key may hold dots and brackets.</summary>
    public static string Parent(string path)
    {
        if (path.EndsWith('"'))
        {
            var open = path.LastIndexOf('"', path.Length - 2);
            return open > 0 ? path[..(open - 1)] : "";
        }

        return path[..Math.Max(0, path.LastIndexOfAny(['.', '[']))];
    }

    /// <summary>Whether the path names something inside the other one.</summary>
    public static bool IsWithin(string path, string outer) =>
        outer.Length == 0
            ? path.Length > 0
            : path.Length > outer.Length && path.StartsWith(outer, StringComparison.Ordinal) && path[outer.Length] is '.' or '[';
}
