using System.Diagnostics;
using System.Text.Json;

namespace Gateway.Bench.Guardrails.Injection;

/// <summary>Reads files of the newest commit of a bare repository that lies at <c>FOLDER/owner+name/repo</c>.</summary>
public sealed class GitSource(string folder, string name)
{
    public string Commit => System.Text.Encoding.UTF8.GetString(Run("rev-parse", "HEAD")).Trim();

    /// <exception cref="IOException">There is no such file.</exception>
    public byte[] File(string path) => Run("show", $"HEAD:{path}");

    public JsonDocument Json(string path) => JsonDocument.Parse(File(path));

    public IEnumerable<JsonElement> JsonLines(string path)
    {
        foreach (var line in Lines(path))
        {
            using var document = JsonDocument.Parse(line);
            yield return document.RootElement.Clone();
        }
    }

    public string[] Lines(string path) => System.Text.Encoding.UTF8.GetString(File(path)).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public string[] Paths(string under) => System.Text.Encoding.UTF8.GetString(Run("ls-tree", "-r", "--name-only", "HEAD", under)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private byte[] Run(params string[] words)
    {
        var start = new ProcessStartInfo("git") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add($"--git-dir={Path.Combine(folder, name.Replace('/', '+'), "repo")}");
        foreach (var word in words)
            start.ArgumentList.Add(word);
        using var git = Process.Start(start) ?? throw new IOException("git does not start");
        using var bytes = new MemoryStream();
        git.StandardOutput.BaseStream.CopyTo(bytes);
        git.WaitForExit();
        return git.ExitCode == 0 ? bytes.ToArray() : throw new IOException($"{name}: git {string.Join(' ', words)} fails");
    }
}
