namespace Gateway.Conventions.Tests.Projects;

/// <summary>Who may know whom. Each scan returns the offenders.</summary>
public static class ProjectEdges
{
    /// <summary>Libraries that decide and return reasons: they neither serve nor log.</summary>
    public static readonly string[] Rooms = ["Caching", "Guardrails", "Routing"];

    private static readonly string[] Forbidden = ["Microsoft.AspNetCore", "Microsoft.Extensions.Logging", "Microsoft.Extensions.Hosting"];

    public static IEnumerable<string> Differences(ProjectFile project, params string[] expected)
    {
        string[] found = [.. project.Projects];
        return [
            .. found.Except(expected).Select(name => $"{project.Path}: references {name}"),
            .. expected.Except(found).Select(name => $"{project.Path}: does not reference {name}"),
        ];
    }

    /// <summary>What a room's project file must not ask for.</summary>
    public static IEnumerable<string> OutwardWishes(ProjectFile room)
    {
        if (room.Sdk != "Microsoft.NET.Sdk")
            yield return $"{room.Path}: Sdk {room.Sdk}";
        foreach (var name in room.Frameworks.Concat(room.Packages.Where(IsForbidden)))
            yield return $"{room.Path}: {name}";
    }

    /// <summary>What a room's assembly must not reference, however it came by it.</summary>
    public static IEnumerable<string> OutwardReferences(string room, IEnumerable<string> references) =>
        references.Where(name => IsForbidden(name) || name == "Gateway" || name.StartsWith("Gateway.", StringComparison.Ordinal))
            .Select(name => $"{room}: references {name}");

    private static bool IsForbidden(string name) => Forbidden.Any(start => name.StartsWith(start, StringComparison.Ordinal));
}
