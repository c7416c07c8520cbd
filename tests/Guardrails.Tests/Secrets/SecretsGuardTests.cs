using System.Text;
using Gateway.Guardrails.Secrets;

namespace Gateway.Guardrails.Tests.Secrets;

public sealed class SecretsGuardTests
{
    private static readonly SecretsGuard Guard = new(new SecretsSettings());

    public static TheoryData<string, string, string> Keys { get; } = new()
    {
        { "aws_access_key_id", "AKIA" + Secret.Drawn(16, Secret.Capitals), "aws_access_key_id = {0}" },
        { "aws_secret_key", Secret.Drawn(40, Secret.Base64), "AWS_SECRET_ACCESS_KEY={0}\n" },
        { "github_token", Secret.WithChecksum("ghp_"), "git clone with {0}." },
        { "github_token", Secret.WithChecksum("gho_", 2), "토큰은{0}입니다" },
        { "github_token", "github_pat_" + Secret.Drawn(22) + "_" + Secret.Drawn(59), "{0}" },
        { "npm_token", Secret.WithChecksum("npm_", 3), "//r.example/:_authToken={0}" },
        { "gitlab_token", "glpat-" + Secret.Drawn(20, Secret.UrlSafe), "PRIVATE-TOKEN: {0}" },
        { "slack_token", "xoxb-" + Secret.Drawn(12, "0123456789") + "-" + Secret.Drawn(13, "0123456789") + "-" + Secret.Drawn(24), "'{0}'" },
        { "slack_webhook", $"T{Secret.Drawn(9, Secret.Capitals)}/B{Secret.Drawn(9, Secret.Capitals, 2)}/{Secret.Drawn(24)}", "https://hooks.slack.com/services/{0}" },
        { "stripe_key", "sk_live_" + Secret.Drawn(24), "Stripe.apiKey = \"{0}\";" },
        { "google_api_key", "AIza" + Secret.Drawn(35, Secret.UrlSafe), "?key={0}&x=1" },
        { "google_oauth_secret", "GOCSPX-" + Secret.Drawn(28, Secret.UrlSafe), "\"client_secret\":\"{0}\"" },
        { "azure_storage_key", Secret.Drawn(85, Secret.Base64) + "A==", "AccountName=x;AccountKey={0};EndpointSuffix=y" },
        { "azure_client_secret", Secret.Drawn(32, Secret.UrlSafe), "secret aB38Q~{0}" },
        { "azure_sas", Secret.Drawn(42) + "A%3D", "?sv=2022-11-02&se=2024-01-01&sig={0}" },
        { "openai_key", "sk-" + Secret.Drawn(20) + "T3BlbkFJ" + Secret.Drawn(20, seed: 2), "key {0}, please" },
        { "openai_key", "sk-proj-" + Secret.Drawn(74, Secret.UrlSafe) + "T3BlbkFJ" + Secret.Drawn(74, Secret.UrlSafe, 2), "OPENAI_API_KEY={0}" },
        { "anthropic_key", "sk-ant-api03-" + Secret.Drawn(93, Secret.UrlSafe) + "AA", "x-api-key: {0}" },
        { "huggingface_token", "hf_" + Secret.Drawn(34), "login(token=\"{0}\")" },
        { "pypi_token", "pypi-AgEIcHlwaS5vcmc" + Secret.Drawn(120, Secret.UrlSafe), "password = {0}" },
        { "nuget_key", "oy2" + Secret.Drawn(43, "abcdefghijklmnopqrstuvwxyz234567"), "push -k {0}" },
        { "docker_token", "dckr_pat_" + Secret.Drawn(27, Secret.UrlSafe), "docker login -p {0}" },
        { "digitalocean_token", "dop_v1_" + Secret.Drawn(64, Secret.Hex), "{0}" },
        { "heroku_key", $"{Secret.Drawn(8, Secret.Hex)}-{Secret.Drawn(4, Secret.Hex)}-{Secret.Drawn(4, Secret.Hex, 3)}-{Secret.Drawn(4, Secret.Hex, 4)}-{Secret.Drawn(12, Secret.Hex)}", "HEROKU_API_KEY={0}" },
        { "sendgrid_key", "SG." + Secret.Drawn(22, Secret.UrlSafe) + "." + Secret.Drawn(43, Secret.UrlSafe), "\"{0}\"" },
        { "twilio_key", Secret.Drawn(32, Secret.Hex), "TWILIO_AUTH_TOKEN: '{0}'" },
        { "telegram_token", Secret.Drawn(33, Secret.UrlSafe), "bot 1234567890:AA{0}" },
        { "discord_webhook", "904417716612093952/" + Secret.Drawn(68, Secret.UrlSafe), "https://discord.com/api/webhooks/{0}" },
        { "shopify_token", "shpat_" + Secret.Drawn(32, Secret.Hex), "{0}" },
        { "databricks_token", "dapi" + Secret.Drawn(32, Secret.Hex), "token: {0}" },
        { "vault_token", "hvs." + Secret.Drawn(90, Secret.UrlSafe), "VAULT_TOKEN={0}" },
        { "terraform_token", Secret.Drawn(64), Secret.Drawn(14) + ".atlasv1.{0}" },
        { "new_relic_key", "NRAK-" + Secret.Drawn(27, Secret.Capitals), "{0}" },
        { "datadog_key", Secret.Drawn(32, Secret.Hex), "DD_API_KEY={0}" },
        { "langfuse_key", $"sk-lf-{Secret.Drawn(8, Secret.Hex)}-{Secret.Drawn(4, Secret.Hex)}-{Secret.Drawn(4, Secret.Hex, 3)}-{Secret.Drawn(4, Secret.Hex, 4)}-{Secret.Drawn(12, Secret.Hex)}", "{0}" },
        { "onepassword_key", $"A3-{Secret.Drawn(6, Secret.Capitals)}-{Secret.Drawn(6, Secret.Capitals, 2)}-{Secret.Drawn(5, Secret.Capitals, 3)}-{Secret.Drawn(5, Secret.Capitals, 4)}-{Secret.Drawn(5, Secret.Capitals, 5)}-{Secret.Drawn(5, Secret.Capitals, 6)}", "{0}" },
        { "age_key", "AGE-SECRET-KEY-1" + Secret.Drawn(58, "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L"), "# key\n{0}\n" },
        { "private_key", Secret.Pem(), "here:\n{0}\nthanks" },
        { "private_key", Secret.Pem("OPENSSH PRIVATE KEY"), "{0}" },
        { "private_key", Secret.Pem("PRIVATE KEY", lineEnd: "\\n"), "{{\"private_key\": \"{0}\\n\"}}" },
        { "private_key", Secret.Pem("PGP PRIVATE KEY BLOCK"), "{0}" },
        { "jwt", Secret.Jwt(), "token {0}." },
        { "jwt", Secret.Jwt("""{"alg":"RS256","kid":"abc"}"""), "Authorization: Bearer {0}\n" },
        { "connection_string", "kX9!vq2Lw", "postgres://app:{0}@db.internal:5432/main" },
        { "connection_string", "kX9vq2Lw", "redis://:{0}@cache:6379/0" },
        { "connection_string", "winter24!", "Server=db;Database=x;User Id=sa;Password={0};Encrypt=true" },
        { "authorization", Secret.Drawn(40, Secret.UrlSafe), "Authorization: Bearer {0}" },
        { "authorization", Convert.ToBase64String("jo:kX9vq2Lw"u8), "curl -H 'Authorization: Basic {0}'" },
        { "credential", "kX9!vq2Lw#", "password = \"{0}\"" },
        { "credential", "kX9!vq2Lw#", "DB_PASSWORD={0}\n" },
        { "credential", "kX9!vq2Lw#", "dbPassword: '{0}'," },
        { "credential", "kX9!vq2Lw#", "{{\\\"password\\\": \\\"{0}\\\"}}" },
        { "credential", "kX9!vq2Lw#", "<db-password>{0}</db-password>" },
        { "credential", "kX9!vq2Lw#", "<add key=\"SmtpPassword\" value=\"{0}\" />" },
        { "credential", "kX9!vq2Lw#", "mysql --password {0} -u root" },
        { "credential", "kX9!vq2Lw#", "내 비밀번호: {0} 입니다" },
        { "credential", "kX9!vq2Lw#", "My password is {0} and it works" },
        { "credential", "kX9!vq2Lw#", "let password: string = '{0}';" },
        { "credential", Secret.Drawn(32), "export SERVICE_API_KEY={0}" },
        { "credential", Secret.Drawn(40, Secret.Hex), "client_secret => '{0}'" },
        { "credential", Secret.Drawn(32, Secret.UrlSafe), "GET /x?access_token={0}&y=1" },
    };

    public static TheoryData<string> Harmless { get; } =
    [
        "password = getPassword()", "token: string", "password: changeme", "API_KEY=<your-key>", "PASSWORD=${DB_PASSWORD}", "secret: {{ .Values.secret }}", "api_key = \"xxxxxxxxxxxxxxxxxxxx\"",
        "id 550e8400-e29b-41d4-a716-446655440000", "token = 550e8400-e29b-41d4-a716-446655440000", "commit 9fceb02d0ae598e95dc970b74767f19372d61af8", "PublicKeyToken=b77a5c561934e089",
        "\"integrity\": \"sha512-" + Secret.Drawn(86, Secret.Base64) + "==\"", "src=\"data:image/png;base64," + Secret.Drawn(300, Secret.Base64) + "\"", "https://example.com:8080/a@b", "mailto://x",
        "http://user:password@example.com", "ghp_" + Secret.Drawn(36), "AKIAIOSFODNN7" + "EXAMPLE", "sk-learn-estimator-container-id-1", "the token is a string of 16 characters", "Bearer token authentication", "basic functionality",
        "-----BEGIN " + "CERTIFICATE-----\n" + Secret.Drawn(64, Secret.Base64) + "\n-----END CERTIFICATE-----", "-----BEGIN " + "PUBLIC KEY-----\n" + Secret.Drawn(64, Secret.Base64), "if (s.StartsWith(\"-----BEGIN " + "PRIVATE KEY-----\"))",
        "The line -----BEGIN " + "PRIVATE KEY----- marks the start of a key", "eyJhbGciOiJIUzI1NiJ9 alone", "a.eyJ.b", "var tokens = tokenizer.Tokenize(text2, maxTokens: 4096);", "token == \"kX9vq2LwkX9vq2LwAb\"",
        "passwordField.text = value1", "sudo: jo : HOST=h1 ; PWD=/opt/app1/x_2/bin3 ; USER=root", "secretName: my-app-secret-v2", "MAX_TOKENS=128000", "ssh-rsa AAAAB3NzaC1yc2E" + Secret.Drawn(80, Secret.Base64), "gh_token: ghp_x", "accessKey: 'Ctrl+Shift+P'", "password: /^(?=.*[A-Z])(?=.*\\d).{8,}$/",
    ];

    [Theory]
    [MemberData(nameof(Keys))]
    public void A_secret_is_found_whole_and_nothing_else(string kind, string secret, string surroundings)
    {
        var text = surroundings.Replace("{{", "{", StringComparison.Ordinal).Replace("}}", "}", StringComparison.Ordinal).Replace("{0}", secret, StringComparison.Ordinal);
        Assert.Equal([(kind, secret)], Found(Guard, text));
    }

    [Theory]
    [MemberData(nameof(Harmless))]
    public void What_is_no_secret_passes(string text) => Assert.Empty(Found(Guard, text));

    [Fact]
    public void A_block_without_end_is_found_to_the_end_of_its_lines()
    {
        var begun = Secret.Pem()[..200];
        Assert.Equal([("private_key", begun)], Found(Guard, begun));
        Assert.Equal([("private_key", begun)], Found(Guard, begun + "\n\nThat was it."));
    }

    [Fact]
    public void Of_a_block_whose_window_was_cut_the_rest_is_found_behind_its_first_line()
    {
        var block = Secret.Pem();
        var line = block[..(block.IndexOf('\n') + 1)];
        var found = new Findings();
        Guard.Inspect(Encoding.UTF8.GetBytes(line + block[150..]), new Passage(TextSource.Assistant, Before: 150, Context: line.Length), found);
        Assert.Equal([new Finding("private_key", line.Length, block.Length - 150)], found.All.ToArray());
    }

    [Fact]
    public void Only_the_kinds_asked_for_are_found()
    {
        var guard = new SecretsGuard(new SecretsSettings { Kinds = ["jwt"] });
        Assert.Equal([("jwt", Secret.Jwt())], Found(guard, $"{Secret.WithChecksum("ghp_")} {Secret.Jwt()}"));
    }

    [Fact]
    public void An_unknown_kind_is_refused_with_the_list_of_known_ones()
    {
        var refused = Assert.Throws<ArgumentException>(() => new SecretsGuard(new SecretsSettings { Kinds = ["jwt", "nuclear_code"] }));
        Assert.Contains("nuclear_code is no kind of secret; known are private_key, jwt", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Kinds_are_told_once_each() => Assert.Equal(SecretsGuard.Kinds.Distinct(), SecretsGuard.Kinds);

    [Fact]
    public void Every_kind_that_is_found_is_among_the_kinds() => Assert.All(Keys, row => Assert.Contains(row.Data.Item1, SecretsGuard.Kinds));

    private static List<(string Kind, string Secret)> Found(SecretsGuard guard, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return [.. WindowedInspection.Whole(guard, bytes).Select(finding => (finding.Label, Encoding.UTF8.GetString(bytes.AsSpan(finding.Start, finding.Length))))];
    }
}
