using System.Globalization;

namespace Gateway.Upstream.Discovery.Dns;

/// <summary>Which names a short one may stand for, as <c>resolv.conf</c> says; <c>vllm.ai.svc</c> needs it in a pod.</summary>
/// <param name="Suffixes">Domains that are tried behind a name.</param>
/// <param name="Dots">A name with so many dots is tried as it is first; with fewer, last.</param>
public sealed record SearchList(IReadOnlyList<string> Suffixes, int Dots)
{
    /// <summary>Names are taken as they are.</summary>
    public static readonly SearchList None = new([], 1);

    private const string SystemFile = "/etc/resolv.conf";

    public static SearchList OfSystem() => File.Exists(SystemFile) ? Read(File.ReadAllText(SystemFile)) : None;

    /// <summary>Reads the lines <c>search</c> and <c>options ndots:N</c>; of several the last counts (resolv.conf(5)).</summary>
    public static SearchList Read(string text)
    {
        var list = None;
        foreach (var line in text.Split('\n'))
        {
            var words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words is ["search" or "domain", ..])
                list = list with { Suffixes = words[1..] };
            if (words is not ["options", ..])
                continue;
            foreach (var word in words)
            {
                if (word.StartsWith("ndots:", StringComparison.Ordinal) && int.TryParse(word.AsSpan(6), CultureInfo.InvariantCulture, out var dots))
                    list = list with { Dots = dots };
            }
        }

        return list;
    }

    /// <summary>The full names to ask for, in order. A name that ends in a dot is full already.</summary>
    public IReadOnlyList<string> Expand(string name)
    {
        if (name.EndsWith('.'))
            return [name];
        var longer = Suffixes.Select(suffix => $"{name}.{suffix.Trim('.')}.");
        return name.Count(c => c == '.') >= Dots ? [$"{name}.", .. longer] : [.. longer, $"{name}."];
    }
}
