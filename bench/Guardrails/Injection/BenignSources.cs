using System.Collections;
using System.IO.Compression;
using System.Reflection;
using System.Resources;
using System.Text;
using System.Text.Json;

namespace Gateway.Bench.Guardrails.Injection;

/// <summary>Ordinary texts: prompts, documentation, code, messages of programs in many languages; injection.md lists them with their licences.</summary>
/// <param name="folder">Bare repositories.</param>
/// <param name="prompts">Prompts for the router, gzipped lines of JSON.</param>
/// <param name="trees">Name and folder of trees of files; a name that begins with <c>held-</c> is not trained on.</param>
public sealed class BenignSources(string folder, string prompts, IReadOnlyList<(string Name, string Folder)> trees)
{
    /// <summary>Bytes of one document, about what a tool returns or a user pastes.</summary>
    public const int Piece = 4096;

    private const int MostOfTree = 5_000_000;
    private const int LargestFile = 400_000;

    private static readonly string[] Suffixes = [".md", ".html", ".py", ".js", ".xml", ".cs", ".json", ".txt", ".rst", ".yaml", ".sh", ".css"];

    /// <summary>Sources of prompts that are not trained on.</summary>
    private static readonly string[] HeldPrompts = ["bbh", "zeroeval_crux", "zeroeval_math_l5"];

    public IEnumerable<Example> All() => [.. Prompts(), .. Instructions(), .. trees.SelectMany(tree => Tree(tree.Name, tree.Folder)), .. Messages()];

    private IEnumerable<Example> Prompts()
    {
        foreach (var path in Directory.GetFiles(prompts, "*.jsonl.gz").Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(path)[..^".jsonl.gz".Length];
            // Its data may not be used commercially.
            if (name == "alpaca_eval")
                continue;
            using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
            while (reader.ReadLine() is { } line)
            {
                using var row = JsonDocument.Parse(line);
                var text = Encoding.UTF8.GetBytes(string.Join('\n', row.RootElement.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("content").ToString())));
                yield return new Example(name, "prompts", false, false, HeldPrompts.Contains(name) ? Use.Evaluate : UseOf(text), text);
            }
        }
    }

    /// <summary>Instructions as people give them to assistants.</summary>
    private IEnumerable<Example> Instructions()
    {
        var self = new GitSource(folder, "yizhongw/self-instruct");
        foreach (var row in self.JsonLines("data/seed_tasks.jsonl"))
        {
            var text = Encoding.UTF8.GetBytes($"{row.GetProperty("instruction").GetString()}\n{row.GetProperty("instances")[0].GetProperty("input").GetString()}".Trim());
            yield return new Example("self-instruct", "seed tasks", false, false, UseOf(text), text);
        }

        foreach (var row in self.JsonLines("human_eval/user_oriented_instructions.jsonl"))
        {
            var text = Encoding.UTF8.GetBytes($"{row.GetProperty("instruction").GetString()}\n{row.GetProperty("instances")[0].GetProperty("input").GetString()}".Trim());
            yield return new Example("self-instruct", "user instructions", false, false, UseOf(text), text);
        }

        foreach (var row in new GitSource(folder, "lm-sys/arena-hard-auto").JsonLines("data/arena-hard-v0.1/question.jsonl"))
            yield return new Example("Arena-Hard", "prompts", false, false, Use.Evaluate, Encoding.UTF8.GetBytes(row.GetProperty("turns")[0].GetProperty("content").GetString()!));
    }

    private static IEnumerable<Example> Tree(string name, string root)
    {
        var held = name.StartsWith("held-", StringComparison.Ordinal);
        var bytes = 0;
        string[] files = [.. Directory.EnumerateFiles(root, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
            .Where(file => Suffixes.Contains(Path.GetExtension(file)) && !file.Contains("/bin/") && !file.Contains("/obj/") && !file.Contains("/test/")
                && !file.Contains("Injection", StringComparison.OrdinalIgnoreCase))];
        Array.Sort(files, StringComparer.Ordinal);
        new Random(5).Shuffle(files);
        foreach (var file in files)
        {
            var info = new FileInfo(file);
            if (info.Length is < 200 or > LargestFile)
                continue;
            if ((bytes += (int)info.Length) > MostOfTree)
                yield break;
            var use = held ? Use.Evaluate : UseOf(Encoding.UTF8.GetBytes(file[root.Length..]));
            foreach (var piece in Pieces(File.ReadAllBytes(file)))
                yield return new Example(held ? name["held-".Length..] : name, Path.GetExtension(file)[1..], true, false, use, piece);
        }
    }

    /// <summary>What .NET's own tools say in thirteen languages.</summary>
    private static IEnumerable<Example> Messages()
    {
        var sdk = Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "../../../sdk");
        var number = 0;
        foreach (var path in Directory.GetFiles(sdk, "*.resources.dll", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var language = Path.GetFileName(Path.GetDirectoryName(path)!);
            Assembly assembly;
            try
            {
                assembly = Assembly.LoadFile(path);
            }
            catch (Exception error) when (error is BadImageFormatException or FileLoadException)
            {
                continue;
            }

            foreach (var text in assembly.GetManifestResourceNames().SelectMany(name => Texts(assembly, name)).Chunk(12))
            {
                // A fifth of them says as much as all.
                if (++number % 5 != 0)
                    continue;
                var joined = Encoding.UTF8.GetBytes(string.Join('\n', text));
                yield return new Example(".NET messages", language, true, false, UseOf(joined), joined);
                var single = Encoding.UTF8.GetBytes(text[0]);
                yield return new Example(".NET messages", language, false, false, UseOf(single), single);
                yield return new Example(".NET messages", language, true, false, UseOf(single), single);
            }
        }
    }

    private static IEnumerable<string> Texts(Assembly assembly, string name)
    {
        if (!name.EndsWith(".resources", StringComparison.Ordinal))
            yield break;
        using var reader = new ResourceReader(assembly.GetManifestResourceStream(name)!);
        foreach (DictionaryEntry entry in reader)
        {
            reader.GetResourceData((string)entry.Key, out var type, out _);
            if (type == "ResourceTypeCode.String" && entry.Value is string { Length: > 20 } text)
                yield return text;
        }
    }

    private static IEnumerable<byte[]> Pieces(byte[] text)
    {
        for (var at = 0; at < text.Length;)
        {
            var end = Math.Min(at + Piece, text.Length);
            if (end < text.Length && text.AsSpan(at, end - at).LastIndexOf((byte)'\n') is var line and > Piece / 2)
                end = at + line + 1;
            while (end < text.Length && (text[end] & 0xC0) == 0x80)
                end--;
            yield return text[at..end];
            at = end;
        }
    }

    /// <summary>The same use for the same text, whichever order it comes in: a quarter calibrates, the rest is trained on.</summary>
    public static Use UseOf(ReadOnlySpan<byte> text)
    {
        var hash = 2166136261u;
        foreach (var b in text)
            hash = (hash ^ b) * 16777619;
        return (hash >> 8) % 4 == 0 ? Use.Calibrate : Use.Train;
    }
}
