using System.Collections.Immutable;
using static Gateway.Guardrails.Secrets.KeyAlphabet;

namespace Gateway.Guardrails.Secrets;

/// <summary>Keys of where code lives, is built, published and watched.</summary>
/// <remarks>
/// Sources, each the vendor's own documentation: GitHub, "Token formats" and its engineering blog on the checksum; GitLab, "Token overview" (prefixes; routable tokens have dots);
/// npm, "About access tokens"; PyPI, "API tokens" (macaroons, whose first bytes are fixed); NuGet, "Scoped API keys"; RubyGems, "API key scopes"; Docker Hub,
/// "Personal access tokens"; Atlassian, "API tokens"; Linear, Notion, Figma, Postman, Airtable, each "Authentication"; Buildkite and CircleCI, "API tokens"; JFrog, "API key";
/// Grafana, "Service accounts"; New Relic, "API keys"; Sentry, "Auth tokens"; Dynatrace, "Token format"; PostHog, "Personal API keys"; age, "age(1)" (Bech32 in capitals); 1Password, "Secret Key" and "Service accounts".
/// </remarks>
internal static class DeveloperFormats
{
    public static readonly ImmutableArray<KeyFormat> All =
    [
        new("github_token", "ghp_", Alphanumeric, 36, 36) { Check = KeyChecks.EndsInChecksum, Score = 1 },
        new("github_token", "gho_", Alphanumeric, 36, 36) { Check = KeyChecks.EndsInChecksum, Score = 1 },
        new("github_token", "ghu_", Alphanumeric, 36, 36) { Check = KeyChecks.EndsInChecksum, Score = 1 },
        new("github_token", "ghs_", Alphanumeric, 36, 36) { Check = KeyChecks.EndsInChecksum, Score = 1 },
        new("github_token", "ghr_", Alphanumeric, 36, 76) { Check = KeyChecks.EndsInChecksum, Score = 1 },
        new("github_token", "github_pat_", UrlSafe, 82, 82),
        new("gitlab_token", "glpat-", Dotted, 20, 320) { Check = KeyChecks.IsRandom },
        new("gitlab_token", "gldt-", UrlSafe, 20, 64) { Check = KeyChecks.IsRandom },
        new("gitlab_token", "glrt-", Dotted, 20, 320) { Check = KeyChecks.IsRandom },
        new("gitlab_token", "glcbt-", Dotted, 20, 320) { Check = KeyChecks.IsRandom },
        new("gitlab_token", "glptt-", Hex, 40, 40),
        new("gitlab_token", "glft-", UrlSafe, 20, 64) { Check = KeyChecks.IsRandom },
        new("gitlab_token", "glimt-", UrlSafe, 20, 64) { Check = KeyChecks.IsRandom },
        new("gitlab_token", "glagent-", UrlSafe, 50, 64) { Check = KeyChecks.IsRandom },
        new("gitlab_token", "gloas-", UrlSafe, 64, 64),
        new("gitlab_token", "glsoat-", UrlSafe, 20, 64) { Check = KeyChecks.IsRandom },
        new("gitlab_token", "GR1348941", UrlSafe, 20, 20) { Check = KeyChecks.IsRandom },
        new("npm_token", "npm_", Alphanumeric, 36, 36) { Check = KeyChecks.EndsInChecksum, Score = 1 },
        new("pypi_token", "pypi-AgEIcHlwaS5vcmc", UrlSafe, 50, 600),
        new("pypi_token", "pypi-AgENdGVzdC5weXBpLm9yZw", UrlSafe, 50, 600),
        new("nuget_key", "oy2", Alphanumeric, 43, 43) { Check = KeyChecks.IsRandom },
        new("rubygems_key", "rubygems_", Hex, 48, 48),
        new("docker_token", "dckr_pat_", UrlSafe, 27, 27),
        new("docker_token", "dckr_oat_", UrlSafe, 32, 32),
        new("atlassian_token", "ATATT3xFfGF0", Token68, 100, 260),
        new("atlassian_token", "ATCTT3xFfGF0", Token68, 100, 260),
        new("linear_key", "lin_api_", Alphanumeric, 40, 40),
        new("notion_token", "ntn_", Alphanumeric, 43, 50) { Check = KeyChecks.IsRandom },
        new("figma_token", "figd_", UrlSafe, 40, 48) { Check = KeyChecks.IsRandom },
        new("postman_key", "PMAK-", HexGroups, 59, 59),
        new("buildkite_token", "bkua_", Hex, 40, 40),
        new("circleci_token", "CCIPAT_", UrlSafe, 40, 90) { Check = KeyChecks.IsRandom },
        new("artifactory_key", "AKCp8", Alphanumeric, 64, 72) { Check = KeyChecks.IsRandom },
        new("artifactory_key", "cmVmdGtu", Alphanumeric, 56, 56) { Check = KeyChecks.IsRandom },
        new("grafana_token", "glsa_", UrlSafe, 41, 41),
        new("grafana_token", "glc_", Base64, 32, 400) { Check = KeyChecks.IsJsonInBase64 },
        new("new_relic_key", "NRAK-", Capitals, 27, 27),
        new("new_relic_key", "NRII-", UrlSafe, 32, 32),
        new("new_relic_key", "NRRA-", Hex, 42, 42),
        new("sentry_token", "sntrys_", Base64WithUnderscores, 60, 400) { Check = KeyChecks.IsJsonInBase64 },
        new("sentry_token", "sntryu_", Hex, 64, 64),
        new("dynatrace_token", "dt0c01.", Dotted, 89, 89),
        new("dynatrace_token", "dt0s16.", Dotted, 73, 73),
        new("posthog_key", "phx_", Alphanumeric, 43, 50) { Check = KeyChecks.IsRandom },
        new("onepassword_key", "A3-", CapitalGroups, 36, 37) { Check = KeyChecks.HasOnePasswordGroups },
        new("onepassword_token", "ops_", Base64, 200, 1200) { Check = KeyChecks.IsJsonInBase64 },
        new("age_key", "AGE-SECRET-KEY-1", Capitals, 58, 58),
    ];
}
