namespace Gateway.Routing.Tests.Rules.Cel.Conformance;

/// <summary>What of the suite the gateway's rules do without, and why.</summary>
public static class ConformanceScope
{
    public const string Messages = "protobuf messages, wrappers and enums: a rule sees none";
    public const string Extension = "an extension library, not the language";
    public const string HostFunctions = "functions that a host declares: ours declares none";
    public const string Namespaces = "a namespace that names are looked up in: ours has none";

    /// <summary>Whole sections.</summary>
    private static readonly Dictionary<string, string> Sections = new()
    {
        ["dynamic"] = Messages,
        ["enums"] = Messages,
        ["proto2"] = Messages,
        ["proto3"] = Messages,
        ["wrappers"] = Messages,
        ["bindings_ext"] = Extension,
        ["block_ext"] = Extension,
        ["encoders_ext"] = Extension,
        ["macros2"] = Extension,
        ["math_ext"] = Extension,
        ["optionals"] = Extension,
        ["proto2_ext"] = Extension,
        ["string_ext"] = Extension,
    };

    /// <summary>Cases of the other sections, by what stands in them; the first that fits is the reason.</summary>
    private static readonly (string Mark, string Reason)[] Marks =
    [
        ("TestAllTypes", Messages),
        ("Value{", Messages),
        ("optional", Extension),
        ("\"function\":{", HostFunctions),
        ("\"container\"", Namespaces),
    ];

    /// <returns>Null when the case is in scope.</returns>
    public static string? ReasonToLeaveOut(ConformanceCase one) =>
        Sections.TryGetValue(one.Section, out var reason)
            ? reason
            : Array.Find(Marks, mark => one.Raw.Contains(mark.Mark, StringComparison.Ordinal)).Reason;
}
