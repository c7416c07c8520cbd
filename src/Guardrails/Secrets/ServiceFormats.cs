using System.Collections.Immutable;
using static Gateway.Guardrails.Secrets.KeyAlphabet;

namespace Gateway.Guardrails.Secrets;

/// <summary>Keys of language models' vendors, and of services for messages, money and shops.</summary>
/// <remarks>
/// Sources, each the vendor's own documentation: OpenAI, "API keys" (project, service account and admin keys; the marker is "OpenAI" in base 64); Anthropic, "API keys";
/// Hugging Face, "User access tokens"; OpenRouter, Groq, Perplexity, xAI, Replicate, NVIDIA and Pinecone, each "API keys"; Langfuse and LangSmith, "API keys"; Slack, "Token types" and "Incoming
/// webhooks"; Stripe, "API keys" and "Webhook signatures"; SendGrid, "API keys"; Mailgun, "Authentication"; Telegram, "Bots: how do I create a bot"; Discord, "Webhooks"; Shopify, "Access tokens"; Square,
/// "Access tokens"; Brevo, "API keys"; Typeform and Contentful, "Personal access tokens". Publishable keys (<c>pk_</c>) are no secrets.
/// </remarks>
internal static class ServiceFormats
{
    public static readonly ImmutableArray<KeyFormat> All =
    [
        new("openai_key", "sk-", UrlSafe, 20, 64) { Check = KeyChecks.IsRandom, Score = 0.8f },
        new("openai_key", "sk-proj-", UrlSafe, 40, 200) { Check = KeyChecks.IsRandom },
        new("openai_key", "sk-svcacct-", UrlSafe, 40, 200) { Check = KeyChecks.IsRandom },
        new("openai_key", "sk-admin-", UrlSafe, 40, 200) { Check = KeyChecks.HasOpenAiMarker },
        new("anthropic_key", "sk-ant-", UrlSafe, 60, 140) { Check = KeyChecks.IsRandom },
        new("openrouter_key", "sk-or-v1-", Hex, 64, 64),
        new("langfuse_key", "sk-lf-", HexGroups, 36, 36) { Check = KeyChecks.IsUuid },
        new("langsmith_key", "lsv2_pt_", UrlSafe, 43, 43),
        new("langsmith_key", "lsv2_sk_", UrlSafe, 43, 43),
        new("huggingface_token", "hf_", Alphanumeric, 34, 40) { Check = KeyChecks.IsRandom },
        new("huggingface_token", "api_org_", Alphanumeric, 34, 34) { Check = KeyChecks.IsRandom },
        new("groq_key", "gsk_", Alphanumeric, 52, 52),
        new("perplexity_key", "pplx-", Alphanumeric, 40, 56) { Check = KeyChecks.IsRandom },
        new("xai_key", "xai-", Alphanumeric, 80, 80),
        new("replicate_token", "r8_", Alphanumeric, 37, 37) { Check = KeyChecks.IsRandom },
        new("nvidia_key", "nvapi-", UrlSafe, 60, 70),
        new("pinecone_key", "pcsk_", UrlSafe, 60, 80),
        new("slack_token", "xoxb-", UrlSafe, 40, 120) { Check = KeyChecks.HasSlackGroups },
        new("slack_token", "xoxp-", UrlSafe, 40, 120) { Check = KeyChecks.HasSlackGroups },
        new("slack_token", "xoxa-", UrlSafe, 40, 120) { Check = KeyChecks.HasSlackGroups },
        new("slack_token", "xoxr-", UrlSafe, 40, 120) { Check = KeyChecks.HasSlackGroups },
        new("slack_token", "xoxs-", UrlSafe, 40, 120) { Check = KeyChecks.HasSlackGroups },
        new("slack_token", "xoxc-", UrlSafe, 40, 140) { Check = KeyChecks.HasSlackGroups },
        new("slack_token", "xoxe-", UrlSafe, 40, 200) { Check = KeyChecks.HasSlackGroups },
        new("slack_token", "xoxe.xoxp-", UrlSafe, 100, 240) { Check = KeyChecks.HasSlackGroups },
        new("slack_token", "xoxe.xoxb-", UrlSafe, 100, 240) { Check = KeyChecks.HasSlackGroups },
        new("slack_token", "xapp-", UrlSafe, 60, 140) { Check = KeyChecks.HasSlackGroups },
        new("slack_webhook", "hooks.slack.com/services/", Segments, 40, 60) { Check = KeyChecks.IsRandom, BeginsSecret = false },
        new("slack_webhook", "hooks.slack.com/workflows/", Segments, 40, 90) { Check = KeyChecks.IsRandom, BeginsSecret = false },
        new("slack_webhook", "hooks.slack.com/triggers/", Segments, 40, 90) { Check = KeyChecks.IsRandom, BeginsSecret = false },
        new("stripe_key", "sk_live_", Alphanumeric, 16, 250) { Check = KeyChecks.IsRandom },
        new("stripe_key", "sk_test_", Alphanumeric, 16, 250) { Check = KeyChecks.IsRandom },
        new("stripe_key", "rk_live_", Alphanumeric, 16, 250) { Check = KeyChecks.IsRandom },
        new("stripe_key", "rk_test_", Alphanumeric, 16, 250) { Check = KeyChecks.IsRandom },
        new("stripe_key", "whsec_", Base64, 32, 64) { Check = KeyChecks.IsRandom },
        new("sendgrid_key", "SG.", Dotted, 66, 66) { Check = KeyChecks.HasSendGridParts },
        new("mailgun_key", "key-", Hex, 32, 32) { Check = KeyChecks.IsRandom },
        new("brevo_key", "xkeysib-", UrlSafe, 81, 81),
        new("telegram_token", ":AA", UrlSafe, 33, 33) { Check = KeyChecks.IsRandom, BeginsSecret = false, FollowsDigit = true },
        new("discord_webhook", "/api/webhooks/", Segments, 76, 100) { Check = KeyChecks.IsRandom, BeginsSecret = false },
        new("shopify_token", "shpat_", Hex, 32, 32),
        new("shopify_token", "shpss_", Hex, 32, 32),
        new("shopify_token", "shpca_", Hex, 32, 32),
        new("shopify_token", "shppa_", Hex, 32, 32),
        new("square_token", "sq0csp-", UrlSafe, 43, 43),
        new("square_token", "sq0atp-", UrlSafe, 22, 22),
        new("typeform_token", "tfp_", UrlSafe, 59, 59),
        new("contentful_token", "CFPAT-", UrlSafe, 43, 43),
    ];
}
