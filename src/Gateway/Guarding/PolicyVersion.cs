using System.Security.Cryptography;
using System.Text;
using Gateway.Configuration;
using Gateway.Configuration.Reading;

namespace Gateway.Guarding;

/// <summary>The version of a policy: the same while nothing that it goes by has changed.</summary>
internal static class PolicyVersion
{
    /// <summary>What the gateway's own guards take for what, by their code: a change there gives every policy another version.</summary>
    private const string Rules = "guards-1";

    /// <returns>Sixteen hexadecimal digits: of SHA-256 over the policy, the settings of its guards and the content of files that those name.</returns>
    public static string Of(GuardPolicyOptions policy, GuardrailOptions all)
    {
        var text = new StringBuilder(Rules);
        OptionText.Append(text, policy);
        text.Append(all.OnFailure);
        OptionText.Append(text, all.Window);
        foreach (var name in policy.Input.Concat(policy.Output).Select(step => step.Guard).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var settings = GuardKind.SettingsOf(name, all)!;
            OptionText.Append(text, settings);
            foreach (var file in GuardFiles.NamedBy(settings))
                text.Append(Convert.ToHexString(SHA256.HashData(GuardFiles.Read(file).Bytes ?? [])));
        }

        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())), 0, 8);
    }
}
