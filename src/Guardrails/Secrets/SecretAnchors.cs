using System.Collections.Immutable;
using System.Text;
using Gateway.Guardrails.Text;

namespace Gateway.Guardrails.Secrets;

/// <summary>The anchors of every form, in one index: what a text is searched for.</summary>
internal static class SecretAnchors
{
    private static readonly ImmutableArray<(string Anchor, ISecretForm Form)> Table =
    [
        .. KeyFormats.All.Select(format => (format.Prefix, (ISecretForm)format)),
        .. SecretName.All.Select(name => (name.Text, (ISecretForm)new Assignment(name))),
        (PrivateKeyBlock.Anchor, new PrivateKeyBlock()),
        (JsonWebToken.Anchor, new JsonWebToken()),
        (UrlPassword.Anchor, new UrlPassword()),
        (AuthorizationScheme.Bearer, new AuthorizationScheme(isBasic: false)),
        (AuthorizationScheme.Basic, new AuthorizationScheme(isBasic: true)),
    ];

    /// <summary>The forms, by the index of their anchor.</summary>
    public static readonly ISecretForm[] Forms = [.. Table.Select(entry => entry.Form)];

    /// <summary>The anchors.</summary>
    public static readonly KeywordIndex Index = new([.. Table.Select(entry => Encoding.UTF8.GetBytes(entry.Anchor))]);

    /// <summary>The anchors that secrets begin with.</summary>
    public static readonly SecretBeginnings Beginnings = new(
    [
        .. KeyFormats.All.Where(format => format.BeginsSecret).Select(format => (format.Prefix, true)),
        (JsonWebToken.Anchor, true),
        (PrivateKeyBlock.Anchor, false),
    ]);

    /// <summary>The kinds, in the order of the tables.</summary>
    public static readonly ImmutableArray<string> Kinds =
    [
        .. new[] { PrivateKeyBlock.Label, JsonWebToken.Label, UrlPassword.Label, AuthorizationScheme.Label, Assignment.Label }
            .Concat(KeyFormats.All.Select(format => format.Label))
            .Concat(AssignedValue.VendorKinds)
            .Distinct(),
    ];
}
