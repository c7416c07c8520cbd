using System.Runtime.InteropServices;

namespace Gateway.EndToEnd.Reloading;

/// <summary>A mounted ConfigMap as the kubelet lays it out.</summary>
/// <remarks>The file links to <c>..data/</c>, which links to a folder that is replaced whole.</remarks>
internal sealed class ConfigMapFolder(string folder)
{
    private const string File = "gateway.yaml";

    /// <summary>Puts a new version in place with one rename, and removes the one before.</summary>
    /// <returns>The path to serve.</returns>
    public string Put(string text)
    {
        var (data, path) = (Path.Combine(folder, "..data"), Path.Combine(folder, File));
        var before = new FileInfo(data).LinkTarget;
        var version = $"..{Guid.NewGuid():n}";
        Directory.CreateDirectory(Path.Combine(folder, version));
        System.IO.File.WriteAllText(Path.Combine(folder, version, File), text);
        System.IO.File.CreateSymbolicLink(data + "_tmp", version);
        Assert.Equal(0, Rename(data + "_tmp", data));
        if (before is null)
            System.IO.File.CreateSymbolicLink(path, Path.Combine("..data", File));
        else
            Directory.Delete(Path.Combine(folder, before), recursive: true);
        return path;
    }

    /// <summary>rename(2): what .NET offers moves files or folders, not links to folders.</summary>
    [DllImport("libc", EntryPoint = "rename", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Rename([MarshalAs(UnmanagedType.LPUTF8Str)] string from, [MarshalAs(UnmanagedType.LPUTF8Str)] string to);
}
