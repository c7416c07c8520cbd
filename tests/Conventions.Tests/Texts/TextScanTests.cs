using System.Text;

namespace Gateway.Conventions.Tests.Texts;

public sealed class TextScanTests
{
    [Fact]
    public void No_file_names_the_host_of_a_package_registry() =>
        Rule.Holds(
            "no file names the host of a package registry, lock files included",
            TextFiles().SelectMany(file => TextScan.RegistryHosts(file.Path, file.Text)));

    [Fact]
    public void No_file_names_a_path_of_one_machine() =>
        Rule.Holds(
            "no file names an absolute path that exists on one machine only",
            TextFiles().SelectMany(file => TextScan.MachinePaths(file.Path, file.Text)));

    [Fact]
    public void Every_banned_symbol_has_a_reason() =>
        Rule.Holds(
            "each line of BannedSymbols.txt is symbol;reason, and the reason says what to do instead",
            TextScan.BansWithoutReason(Repository.Text("BannedSymbols.txt")));

    [Fact]
    public void Every_script_stops_at_its_first_failure_and_can_be_run() =>
        Rule.Holds(
            "a bash script says set -euo pipefail and is executable",
            TextFiles().SelectMany(file => TextScan.LaxScript(file.Path, file.Text, IsExecutable(file.Path))));

    [Fact]
    public void A_registry_host_is_an_offender()
    {
        var host = string.Join('.', "registry", "npmjs", "org");
        Assert.Equal(["a:2: " + host[9..]], TextScan.RegistryHosts("a", $"x\n\"resolved\": \"https://{host}/openai\""));
        Assert.Empty(TextScan.RegistryHosts("a", "https://example.org/nuget"));
    }

    [Theory]
    [InlineData("root")]
    [InlineData("work")]
    [InlineData("home/someone")]
    public void A_machine_path_is_an_offender(string folder)
    {
        Assert.Single(TextScan.MachinePaths("a", $"see /{folder}/x"));
        Assert.Empty(TextScan.MachinePaths("a", $"see src/{folder}/x and http://host.example/{folder}/x"));
    }

    [Theory]
    [InlineData("P:System.DateTime.Now")]
    [InlineData("P:System.DateTime.Now;")]
    [InlineData("P:System.DateTime.Now;bad")]
    public void A_ban_without_a_reason_is_an_offender(string line) => Assert.Equal([line], TextScan.BansWithoutReason(line));

    [Fact]
    public void A_lax_script_is_an_offender()
    {
        Assert.Equal(
            ["a: no set -euo pipefail", "a: not executable"],
            TextScan.LaxScript("a", "#!/usr/bin/env bash\ntrue\n", executable: false));
        Assert.Empty(TextScan.LaxScript("a", "#!/usr/bin/env bash\nset -euo pipefail\n", executable: true));
        Assert.Empty(TextScan.LaxScript("a", "#!/usr/bin/env node\n", executable: false));
    }

    private static bool IsExecutable(string path) =>
        OperatingSystem.IsWindows() || (File.GetUnixFileMode(Repository.Absolute(path)) & UnixFileMode.UserExecute) != 0;

    private static IEnumerable<(string Path, string Text)> TextFiles()
    {
        foreach (var path in Repository.Files)
        {
            var bytes = File.ReadAllBytes(Repository.Absolute(path));
            if (!bytes.AsSpan(0, Math.Min(bytes.Length, 8192)).Contains((byte)0))
                yield return (path, Encoding.UTF8.GetString(bytes));
        }
    }
}
