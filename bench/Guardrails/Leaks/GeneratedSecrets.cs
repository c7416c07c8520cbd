using System.Text;

namespace Gateway.Bench.Guardrails.Leaks;

/// <summary>Draws secrets as vendors and people make them and puts them where people leave them: the same each time.</summary>
public static class GeneratedSecrets
{
    private const string Base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const string UrlSafe = Base62 + "-_";
    private const string Base64 = Base62 + "+/";
    private const string Hex = "0123456789abcdef";
    private const string Capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const string Signs = Base62 + "!#$%*+-.=?@_~^";

    private static readonly string[] Words = ["Summer", "Dragon", "Berlin", "Orange", "Liverpool", "Sunshine", "Pumpkin", "Monday"];

    /// <summary>Vendors' keys are told by their form, wherever they stand.</summary>
    private static readonly (string Kind, Func<Random, string> Make)[] Keys =
    [
        ("aws_access_key_id", random => "AKIA" + Draw(random, 16, Capitals)),
        ("gitlab_token", random => "glpat-" + Draw(random, 20, UrlSafe)),
        ("slack_token", random => $"xoxb-{Draw(random, 12, "123456789")}-{Draw(random, 13, "123456789")}-{Draw(random, 24, Base62)}"),
        ("stripe_key", random => "sk_live_" + Draw(random, 24, Base62)),
        ("google_api_key", random => "AIza" + Draw(random, 35, UrlSafe)),
        ("google_oauth_secret", random => "GOCSPX-" + Draw(random, 28, UrlSafe)),
        ("openai_key", random => $"sk-proj-{Draw(random, 74, UrlSafe)}T3BlbkFJ{Draw(random, 74, UrlSafe)}"),
        ("anthropic_key", random => $"sk-ant-api03-{Draw(random, 93, UrlSafe)}AA"),
        ("huggingface_token", random => "hf_" + Draw(random, 34, Base62[10..])),
        ("digitalocean_token", random => "dop_v1_" + Draw(random, 64, Hex)),
        ("sendgrid_key", random => $"SG.{Draw(random, 22, UrlSafe)}.{Draw(random, 43, UrlSafe)}"),
        ("shopify_token", random => "shpat_" + Draw(random, 32, Hex)),
        ("databricks_token", random => "dapi" + Draw(random, 32, Hex)),
        ("vault_token", random => "hvs." + Draw(random, 90, UrlSafe)),
        ("nuget_key", random => "oy2" + Draw(random, 43, "abcdefghijklmnopqrstuvwxyz234567")),
        ("jwt", random => $"{Encode("""{"alg":"HS256","typ":"JWT"}""")}.{Encode($$"""{"sub":"{{random.Next()}}"}""")}.{Draw(random, 43, UrlSafe)}"),
        ("private_key", random => Block(random, "RSA PRIVATE KEY", 24)),
        ("private_key", random => Block(random, "OPENSSH PRIVATE KEY", 6)),
    ];

    /// <summary>What has no form of its own is told by its name.</summary>
    private static readonly (string Kind, Func<Random, string> Make, string[] Around)[] Named =
    [
        ("password of 12 signs", random => Draw(random, 12, Signs), Names("password", "DB_PASSWORD", "smtpPassword", "admin-passwd")),
        ("password of 16 letters and digits", random => Draw(random, 16, Base62), Names("password", "POSTGRES_PASSWORD", "rootPwd", "passphrase")),
        ("password of a word, a year and a sign", random => $"{Words[random.Next(Words.Length)]}{random.Next(1960, 2030)}{"!#?*"[random.Next(4)]}", Names("password", "DB_PASSWORD", "loginPassword")),
        ("key of 32 hexadecimal digits", random => Draw(random, 32, Hex), Names("api_key", "SECRET_KEY", "clientSecret", "auth-token")),
        ("key of 40 of base 62", random => Draw(random, 40, Base62), Names("apiKey", "ACCESS_TOKEN", "client_secret", "signing-key")),
        ("key of 32 bytes in base 64", random => Convert.ToBase64String(Bytes(random, 32)), Names("secret", "ENCRYPTION_KEY", "sharedKey")),
        ("aws_secret_key", random => Draw(random, 40, Base64), Names("aws_secret_access_key", "AWS_SECRET_ACCESS_KEY", "awsSecretKey")),
        ("password in an address", random => Draw(random, 14, Base62 + "-_.~!"), ["DATABASE_URL=postgres://app:{0}@db.internal:5432/main", "amqp://worker:{0}@mq:5672/", "git clone https://jo:{0}@git.internal/x.git"]),
        ("password in a connection string", random => Draw(random, 14, Base62 + "!#*"), ["\"Server=db;Database=x;User Id=app;Password={0};Encrypt=true\"", "Data Source=db;Uid=app;Pwd={0};"]),
        ("bearer", random => Draw(random, 40, UrlSafe), ["curl -H 'Authorization: Bearer {0}' https://api.internal/v1"]),
        ("basic", random => Convert.ToBase64String(Encoding.ASCII.GetBytes("jo:" + Draw(random, 12, Base62))), ["Authorization: Basic {0}\r\nHost: x\r\n"]),
    ];

    private static readonly string[] Anywhere =
    [
        "export KEY={0}\n", "{{\"key\": \"{0}\", \"n\": 3}}", "Here is my key {0}, can you see why the call fails?", "headers = {{'x-api-key': '{0}'}}", "    - name: KEY\n      value: {0}\n", "-    old: {0}\n+    new: none",
    ];

    /// <summary>So many of each.</summary>
    public static IEnumerable<MadeSecret> All(int each)
    {
        var random = new Random(7);
        foreach (var (kind, make) in Keys)
        {
            for (var i = 0; i < each; i++)
                yield return Put(kind, make(random), Anywhere[i % Anywhere.Length]);
        }

        foreach (var (kind, make, around) in Named)
        {
            for (var i = 0; i < each; i++)
                yield return Put(kind, make(random), around[i % around.Length]);
        }
    }

    /// <summary>The names in the syntaxes of configuration, code and speech.</summary>
    private static string[] Names(params string[] names) =>
    [
        .. names.SelectMany(name => new[]
        {
            $"{name} = \"{{0}}\"", $"{name}={{0}}\n", $"{name}: {{0}}\n", $"{{{{\"{name}\": \"{{0}}\"}}}}", $"<{name}>{{0}}</{name}>", $"'{name}' => '{{0}}',", $"run --{name} {{0}} --verbose",
            $"let {name}: string = '{{0}}';", $"<add key=\"{name}\" value=\"{{0}}\" />", $"{{{{\\\"{name}\\\":\\\"{{0}}\\\"}}}}", $"My {name} is {{0}} and it is refused",
        }),
    ];

    private static MadeSecret Put(string kind, string secret, string around)
    {
        var text = around.Replace("{{", "{", StringComparison.Ordinal).Replace("}}", "}", StringComparison.Ordinal);
        var at = text.IndexOf("{0}", StringComparison.Ordinal);
        return new MadeSecret(kind, Encoding.UTF8.GetBytes(text.Replace("{0}", secret, StringComparison.Ordinal)), Encoding.UTF8.GetByteCount(text.AsSpan(0, at)), secret.Length);
    }

    private static string Draw(Random random, int length, string alphabet) => new([.. Enumerable.Range(0, length).Select(_ => alphabet[random.Next(alphabet.Length)])]);

    private static byte[] Bytes(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    private static string Block(Random random, string label, int lines)
    {
        var dashes = new string('-', 5);
        return $"{dashes}BEGIN {label}{dashes}\n{string.Concat(Enumerable.Range(0, lines).Select(_ => Draw(random, 64, Base64) + "\n"))}{Draw(random, 30, Base64)}==\n{dashes}END {label}{dashes}";
    }

    private static string Encode(string json) => Convert.ToBase64String(Encoding.UTF8.GetBytes(json)).TrimEnd('=');
}

/// <summary>A secret in its surroundings.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The whole text.</param>
/// <param name="Start">Where the secret begins.</param>
/// <param name="Length">Its bytes.</param>
public sealed record MadeSecret(string Kind, byte[] Text, int Start, int Length);
