using Gateway.Bench.Load.Commands;
using Gateway.Guardrails;
using Gateway.Guardrails.Injection;
using Gateway.Guardrails.Pii;
using Gateway.Guardrails.Secrets;

namespace Gateway.Bench.Guardrails.Commands;

/// <summary>Counts what the local guards find in a folder's prose and code, file by file: in text that nobody meant for them, next to all of it is an alarm for nothing.</summary>
public sealed class AlarmsCommand : IBenchCommand
{
    private static readonly (string Name, TextSource Source, IGuard Guard)[] Guards =
    [
        ("secrets", TextSource.User, new SecretsGuard(new SecretsSettings())),
        ("pii", TextSource.User, new PiiGuard(new PiiSettings())),
        ("injection, said by users", TextSource.User, new InjectionGuard(new InjectionSettings())),
        ("injection, given by tools", TextSource.Tool, new InjectionGuard(new InjectionSettings())),
        ("injection at 0.001, given by tools", TextSource.Tool, new InjectionGuard(new InjectionSettings { FalsePositives = 0.001 })),
    ];

    public string Usage => "FOLDER ...   what the guards find per MB of the folders' prose (*.md, *.rst, *.txt) and code (*.cs, *.py, *.js, *.ts, *.java, *.go, *.rs)";

    public async Task<int> RunAsync(Arguments arguments, TextWriter output)
    {
        arguments.Place(0, "FOLDER");
        await output.WriteLineAsync("| guard | text | MB | files | files with findings | findings per MB | labels |\n|---|---|---:|---:|---:|---:|---|");
        foreach (var (kind, endings) in new[] { ("prose", (string[])[".md", ".rst", ".txt"]), ("code", [".cs", ".py", ".js", ".ts", ".java", ".go", ".rs"]) })
        {
            var files = Enumerable.Range(0, arguments.Places).SelectMany(place => Files(arguments.Place(place, "FOLDER"), endings)).ToList();
            foreach (var (name, source, guard) in Guards)
                await output.WriteLineAsync(Row(name, kind, files, source, guard));
        }

        return 0;
    }

    private static string Row(string name, string kind, List<byte[]> files, TextSource source, IGuard guard)
    {
        var (found, labels, hit) = (new Findings(), new SortedDictionary<string, int>(StringComparer.Ordinal), 0);
        foreach (var file in files)
        {
            found.Clear();
            guard.Inspect(file, new Passage(source), found);
            hit += found.Count > 0 ? 1 : 0;
            foreach (var finding in found.All)
                labels[finding.Label] = labels.GetValueOrDefault(finding.Label) + 1;
        }

        var megabytes = files.Sum(static file => (long)file.Length) / 1e6;
        var told = string.Join(", ", labels.OrderByDescending(static pair => pair.Value).Select(static pair => $"{pair.Key} {pair.Value}"));
        return $"| {name} | {kind} | {megabytes:F1} | {files.Count} | {hit} | {labels.Values.Sum() / Math.Max(1e-9, megabytes):F2} | {told} |";
    }

    /// <summary>Files of valid UTF-8, but for what was built or fetched.</summary>
    private static IEnumerable<byte[]> Files(string folder, string[] endings) =>
        from path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        where endings.Contains(Path.GetExtension(path), StringComparer.Ordinal) && !path.Split(Path.DirectorySeparatorChar).Any(static part => part is "bin" or "obj" or ".git")
        let bytes = File.ReadAllBytes(path)
        where System.Text.Unicode.Utf8.IsValid(bytes)
        select bytes;
}
