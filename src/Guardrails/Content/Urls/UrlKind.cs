namespace Gateway.Guardrails.Content.Urls;

/// <summary>How an address begins.</summary>
internal enum UrlKind : byte
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>With a scheme.</summary>
    Full,

    /// <summary>With two slashes.</summary>
    Relative,

    /// <summary>With <c>www.</c></summary>
    Bare,

    /// <summary>With a scheme that carries its content with it, and has no host.</summary>
    Script,
}
