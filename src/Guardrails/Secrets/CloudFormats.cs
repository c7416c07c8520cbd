using System.Collections.Immutable;
using static Gateway.Guardrails.Secrets.KeyAlphabet;

namespace Gateway.Guardrails.Secrets;

/// <summary>Keys of clouds and of what runs in them.</summary>
/// <remarks>
/// Sources, each the vendor's own documentation: AWS IAM, "Unique identifiers" (prefixes AKIA, ASIA; 16 characters of base 32);
/// Google Cloud, "API keys" and "OAuth clients"; Azure Storage, "Connection strings" (512-bit keys) and "Service SAS" (HMAC-SHA256 in <c>sig</c>);
/// Microsoft Entra, "Application credentials" (a marker <c>8Q~</c> behind three characters); DigitalOcean, "Personal access tokens" (64 hexadecimal digits);
/// Heroku platform API (HRKU-); HashiCorp Vault, "Tokens" (hvs, hvb, hvr); Terraform Cloud, "API tokens" (atlasv1); Alibaba Cloud, Tencent Cloud and Yandex Cloud,
/// "Access keys"; Databricks, "Personal access tokens" (dapi and 32 hexadecimal digits); Cloudflare, "Origin CA keys"; Fly, PlanetScale, Supabase, Netlify, Pulumi, Doppler and Tailscale, each "Access tokens".
/// </remarks>
internal static class CloudFormats
{
    public static readonly ImmutableArray<KeyFormat> All =
    [
        new("aws_access_key_id", "AKIA", Capitals, 16, 16),
        new("aws_access_key_id", "ASIA", Capitals, 16, 16),
        new("aws_access_key_id", "ABIA", Capitals, 16, 16),
        new("aws_access_key_id", "ACCA", Capitals, 16, 16),
        new("aws_bedrock_key", "ABSKQmVkcm9ja0FQSUtleS", Base64, 90, 300),
        new("google_api_key", "AIza", UrlSafe, 35, 35) { Check = KeyChecks.IsRandom },
        new("google_oauth_secret", "GOCSPX-", UrlSafe, 28, 28),
        new("google_oauth_token", "ya29.", Dotted, 40, 1024) { Check = KeyChecks.IsRandom },
        new("azure_storage_key", "AccountKey=", Base64, 88, 88) { Check = KeyChecks.IsBase64Of64, BeginsSecret = false },
        new("azure_shared_access_key", "SharedAccessKey=", Base64, 44, 44) { Check = KeyChecks.IsBase64Of32, BeginsSecret = false },
        new("azure_sas", "sig=", Base64InQuery, 44, 140) { Check = KeyChecks.IsBase64Of32, BeginsSecret = false },
        new("azure_client_secret", "7Q~", DottedWithTilde, 31, 34) { Check = KeyChecks.IsRandom, BeginsSecret = false },
        new("azure_client_secret", "8Q~", DottedWithTilde, 31, 34) { Check = KeyChecks.IsRandom, BeginsSecret = false },
        new("digitalocean_token", "dop_v1_", Hex, 64, 64),
        new("digitalocean_token", "doo_v1_", Hex, 64, 64),
        new("digitalocean_token", "dor_v1_", Hex, 64, 64),
        new("heroku_key", "HRKU-", UrlSafe, 36, 64),
        new("vault_token", "hvs.", UrlSafe, 24, 300) { Check = KeyChecks.IsRandom },
        new("vault_token", "hvb.", UrlSafe, 24, 300) { Check = KeyChecks.IsRandom },
        new("vault_token", "hvr.", UrlSafe, 24, 300) { Check = KeyChecks.IsRandom },
        new("terraform_token", ".atlasv1.", UrlSafe, 60, 70) { BeginsSecret = false },
        new("alibaba_access_key_id", "LTAI", Alphanumeric, 12, 26) { Check = KeyChecks.IsRandom },
        new("tencent_secret_id", "AKID", Alphanumeric, 32, 32) { Check = KeyChecks.IsRandom },
        new("yandex_key", "AQVN", UrlSafe, 36, 36) { Check = KeyChecks.IsRandom },
        new("databricks_token", "dapi", HexGroups, 32, 34),
        new("cloudflare_key", "v1.0-", HexGroups, 171, 171),
        new("fly_token", "fo1_", UrlSafe, 43, 43),
        new("planetscale_token", "pscale_tkn_", Dotted, 32, 64),
        new("planetscale_token", "pscale_pw_", Dotted, 32, 64),
        new("planetscale_token", "pscale_oauth_", Dotted, 32, 64),
        new("supabase_key", "sbp_", Hex, 40, 40),
        new("supabase_key", "sb_secret_", UrlSafe, 30, 40),
        new("netlify_token", "nfp_", Alphanumeric, 36, 40),
        new("pulumi_token", "pul-", Hex, 40, 40),
        new("doppler_token", "dp.pt.", Alphanumeric, 40, 44),
        new("doppler_token", "dp.st.", Dotted, 40, 80),
        new("tailscale_key", "tskey-", UrlSafe, 20, 80) { Check = KeyChecks.IsRandom },
    ];
}
