using System.Diagnostics;

namespace Gateway.Bench.Load.Targets;

/// <summary>Builds the processes under test, optimised.</summary>
public static class ReleaseBuild
{
    /// <summary>Builds every project of the layout; false when one does not build.</summary>
    public static async Task<bool> RunAsync(Layout layout, TextWriter log)
    {
        foreach (var project in Layout.Projects)
        {
            log.WriteLine($"building {project}");

            // No build server may stay behind and share the cores with what is measured.
            string[] arguments = ["build", "-c", "Release", "--nologo", "-v", "quiet", "--disable-build-servers", project];
            var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = layout.Root };
            using var build = Process.Start(start)!;
            await build.WaitForExitAsync();
            if (build.ExitCode != 0)
            {
                return false;
            }
        }

        return true;
    }
}
