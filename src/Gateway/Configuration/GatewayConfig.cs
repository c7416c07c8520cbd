using Gateway.Configuration.Reading;

namespace Gateway.Configuration;

/// <summary>Reads <c>gateway.yaml</c>: text to options, or to every error at once.</summary>
public static class GatewayConfig
{
    /// <summary>Reads a file. What is wrong with it, or with reaching it, is in the answer; nothing is thrown.</summary>
    /// <param name="path">The file.</param>
    /// <param name="known">Policies that the file may name.</param>
    /// <param name="environment">Value of a variable, null when it is not set: <see cref="ConfigText.ProcessEnvironment"/>.</param>
    public static ConfigLoad Load(string path, KnownPolicies known, Func<string, string?> environment) =>
        new ConfigFile(path, known, environment).Load();

    /// <summary>Reads text as if it were the file's.</summary>
    public static ConfigLoad Parse(string text, KnownPolicies known, Func<string, string?> environment)
    {
        var errors = new List<ConfigError>();
        if (!ConfigText.IsPrintable(text, errors) || ConfigTree.Read(text, errors) is not { } root)
        {
            return ConfigLoad.Invalid(errors);
        }

        var marks = new ConfigMarks();
        var secrets = new SecretReader();
        var options = new ConfigBinder(new ScalarBinder(environment, secrets, marks, errors), marks, errors).Bind(root);
        errors.AddRange(ConfigRules.Check(options, known, marks));
        var load = errors.Count == 0 ? ConfigLoad.Valid(options) : ConfigLoad.Invalid(errors);
        return load with { NamedFiles = [.. secrets.Files, .. ArtefactFile.NamedBy(options), .. TlsFiles.NamedBy(options), .. GuardFiles.NamedBy(options)] };
    }
}
