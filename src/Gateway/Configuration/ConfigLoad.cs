using System.Diagnostics.CodeAnalysis;

namespace Gateway.Configuration;

/// <summary>What reading a configuration came to: options, or every error that was found.</summary>
public sealed record ConfigLoad
{
    /// <summary>The options; null when there are errors.</summary>
    public GatewayOptions? Options { get; private init; }

    /// <summary>Everything wrong with the file, in its order; empty when there are options.</summary>
    public IReadOnlyList<ConfigError> Errors { get; private init; } = [];

    [MemberNotNullWhen(true, nameof(Options))]
    public bool IsValid => Options is not null;

    /// <summary>Changes when the file or a file it names changes.</summary>
    internal string Fingerprint { get; init; } = "";

    /// <summary>The files that the file names: secrets, the scorer's artefact.</summary>
    internal IReadOnlyList<string> NamedFiles { get; init; } = [];

    internal static ConfigLoad Valid(GatewayOptions options) => new() { Options = options };

    internal static ConfigLoad Invalid(IEnumerable<ConfigError> errors) =>
        new() { Errors = [.. errors.Distinct().OrderBy(error => error.Line).ThenBy(error => error.Column)] };
}
