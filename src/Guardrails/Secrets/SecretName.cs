using System.Collections.Immutable;
using System.Text;

namespace Gateway.Guardrails.Secrets;

/// <summary>A name that secrets are given to.</summary>
/// <param name="Text">In small letters, or in another script as it is written.</param>
/// <param name="IsPassword">It names what people choose, short and with signs; else what programs draw.</param>
/// <param name="IsWhole">It counts only where it begins a word or a part of an identifier, because other words end in it.</param>
internal sealed record SecretName(string Text, bool IsPassword, bool IsWhole = false)
{
    /// <summary>The names. An identifier that ends in one is meant too: <c>DB_PASSWORD</c>, <c>dbPassword</c>, <c>spring.datasource.password</c>.</summary>
    public static readonly ImmutableArray<SecretName> All =
    [
        .. Passwords("password", "passwd", "passphrase", "passcode", "passwort", "kennwort", "wachtwoord", "contraseña", "contrasena", "mot de passe", "motdepasse",
            "mot_de_passe", "senha", "lösenord", "hasło", "пароль", "비밀번호", "비번", "암호", "패스워드", "パスワード", "密码", "密碼", "口令"),
        .. Passwords("pwd", "passwrd", "pswd").Select(name => name with { IsWhole = true }),
        new("pass", IsPassword: true, IsWhole: true),
        .. Keys("secret", "token", "apikey", "api_key", "api-key", "api key", "appkey", "app_key", "app-key", "accesskey", "access_key", "access-key", "access key",
            "authkey", "auth_key", "auth-key", "privatekey", "private_key", "private-key", "secretkey", "secret_key", "secret-key", "secret key", "signingkey", "signing_key", "signing-key",
            "encryptionkey", "encryption_key", "encryption-key", "accountkey", "account_key", "account-key", "masterkey", "master_key", "master-key", "sharedkey", "shared_key",
            "storagekey", "storage_key", "subscriptionkey", "subscription_key", "subscription-key", "licensekey", "license_key", "license-key",
            "credential", "credentials", "hmackey", "hmac_key", "client_key"),
    ];

    /// <summary>Bytes of the longest name.</summary>
    public static readonly int MostBytes = All.Max(name => Encoding.UTF8.GetByteCount(name.Text));

    private static IEnumerable<SecretName> Passwords(params string[] names) => names.Select(name => new SecretName(name, IsPassword: true));

    private static IEnumerable<SecretName> Keys(params string[] names) => names.Select(name => new SecretName(name, IsPassword: false, IsWhole: name.Length < 5));
}
