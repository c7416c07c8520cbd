using System.Diagnostics;

namespace Gateway.Conventions.Tests;

/// <summary>The files this repository consists of: what git tracks or would track, or all but build outputs where git is not at
/// hand.</summary>
public static class Repository
{
    private static readonly string[] Outputs = ["bin", "obj", "artifacts", "node_modules", "TestResults", ".git", ".vs", ".idea"];
    private static readonly Lazy<IReadOnlyList<string>> AllFiles = new(ListFiles);
    private static readonly Lazy<IReadOnlyList<SourceFile>> AllSources = new(() =>
        [.. Files.Where(path => path.EndsWith(".cs", StringComparison.Ordinal)).Select(path => SourceFile.Parse(path, Text(path)))]);

    /// <summary>Absolute path of the folder that holds the solution.</summary>
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    /// <summary>Paths relative to <see cref="Root"/>, with forward slashes, in ordinal order.</summary>
    public static IReadOnlyList<string> Files => AllFiles.Value;

    /// <summary>Every C# file of the repository, parsed.</summary>
    public static IReadOnlyList<SourceFile> Sources => AllSources.Value;

    public static string Absolute(string path) => Path.Combine(Root, path);

    public static string Text(string path) => File.ReadAllText(Absolute(path));

    public static IEnumerable<SourceFile> SourcesUnder(params string[] folders) =>
        Sources.Where(source => folders.Any(folder => source.Path.StartsWith(folder + "/", StringComparison.Ordinal)));

    /// <summary>Whether a file or a folder of that relative path is part of the repository.</summary>
    public static bool Has(string path)
    {
        var wanted = path.TrimEnd('/');
        return Files.Any(file => file == wanted || file.StartsWith(wanted + "/", StringComparison.Ordinal));
    }

    /// <summary>Every file under <paramref name="folder"/> that is no build output, relative to <see cref="Root"/>.</summary>
    public static IEnumerable<string> Walk(string folder)
    {
        foreach (var entry in Directory.EnumerateFileSystemEntries(folder))
        {
            if (Outputs.Contains(Path.GetFileName(entry)))
                continue;
            if (!Directory.Exists(entry))
                yield return Path.GetRelativePath(Root, entry).Replace('\\', '/');
            else
                foreach (var inner in Walk(entry))
                    yield return inner;
        }
    }

    private static string[] ListFiles() =>
        [.. (AskGit() ?? Walk(Root)).Where(path => File.Exists(Absolute(path))).Order(StringComparer.Ordinal)];

    private static string FindRoot(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Gateway.sln")))
                return folder.FullName;
        }
        throw new InvalidOperationException($"No Gateway.sln above {start}: the tests run from their build output inside the repository.");
    }

    private static string[]? AskGit()
    {
        var start = new ProcessStartInfo("git", ["-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var git = Process.Start(start)!;
            git.ErrorDataReceived += (_, _) => { };
            git.BeginErrorReadLine();
            var output = git.StandardOutput.ReadToEnd();
            git.WaitForExit();
            return git.ExitCode == 0 ? output.Split('\0', StringSplitOptions.RemoveEmptyEntries) : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
