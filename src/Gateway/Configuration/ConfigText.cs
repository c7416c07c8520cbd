using System.Text;

namespace Gateway.Configuration;

/// <summary>The bytes of the file as text, and the one place that reads the process's environment.</summary>
public static class ConfigText
{
    /// <summary>Largest file that is read: 1 MiB, what a ConfigMap holds (kubernetes.io/docs/concepts/configuration/configmap).</summary>
    public const int MaxBytes = 1024 * 1024;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The value of an environment variable; null when it is not set.</summary>
#pragma warning disable RS0030 // The environment is read here and nowhere else; everybody else is handed a function.
    public static string? ProcessEnvironment(string name) => Environment.GetEnvironmentVariable(name);
#pragma warning restore RS0030

    /// <summary>At most <see cref="MaxBytes"/> bytes of UTF-8 as text, without a byte order mark; else null and an error.</summary>
    internal static string? Decode(ReadOnlySpan<byte> bytes, ICollection<ConfigError> errors)
    {
        if (bytes.Length > MaxBytes)
        {
            errors.Add(new ConfigError(1, 1, "", $"the file has more than {MaxBytes} bytes; that is not a configuration"));
            return null;
        }

        if (bytes.StartsWith(Encoding.UTF8.Preamble))
        {
            bytes = bytes[Encoding.UTF8.Preamble.Length..];
        }

        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException fault)
        {
            // The index is that of the first bad byte; what stands before it is valid.
            var before = Encoding.UTF8.GetString(bytes[..Math.Clamp(fault.Index, 0, bytes.Length)]);
            var (line, column) = Locate(before, before.Length);
            errors.Add(new ConfigError(line, column, "", "the file is not UTF-8 from here on; save it as UTF-8"));
            return null;
        }
    }

    /// <summary>Whether no character is one that YAML forbids; an invisible one could end the document early for the parser.</summary>
    internal static bool IsPrintable(string text, ICollection<ConfigError> errors)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is not ('\t' or '\n' or '\r') && char.IsControl(text[i]) && text[i] != '\u0085')
            {
                var (line, column) = Locate(text, i);
                errors.Add(new ConfigError(line, column, "", $"the character U+{(int)text[i]:X4} may not stand in a YAML file; remove it"));
                return false;
            }
        }

        return true;
    }

    private static (int Line, int Column) Locate(string text, int index)
    {
        var before = text.AsSpan(0, index);
        return (before.Count('\n') + 1, index - before.LastIndexOf('\n'));
    }
}
