using System.Text;
using Gateway.Bench.Load.Commands;
using Gateway.Guardrails;
using Gateway.Guardrails.Pii;

namespace Gateway.Bench.Guardrails.Pii;

/// <summary>Which disguises of an address and of a card's number are seen through.</summary>
public sealed class EvasionsCommand : IBenchCommand
{
    private static readonly (string Name, Func<string, string> Disguise)[] Disguises =
    [
        ("none", static text => text),
        ("full-width forms", static text => string.Concat(text.Select(static one => one is > ' ' and < '\u007F' ? (char)(one + 0xFEE0) : one))),
        ("digits of Arabic script", static text => string.Concat(text.Select(static one => char.IsAsciiDigit(one) ? (char)(one - '0' + 0x660) : one))),
        ("zero-width space between all", static text => string.Join('\u200B', text.AsEnumerable())),
        ("soft hyphen between all", static text => string.Join('\u00AD', text.AsEnumerable())),
        ("spaced out", static text => string.Join(' ', text.AsEnumerable())),
        ("no-break spaces", static text => text.Replace(' ', '\u00A0')),
        ("en dashes for spaces", static text => text.Replace(' ', '–')),
        ("&#64;", static text => text.Replace("@", "&#64;", StringComparison.Ordinal)),
        ("&commat; and &period;", static text => text.Replace("@", "&commat;", StringComparison.Ordinal).Replace(".", "&period;", StringComparison.Ordinal)),
        ("%40", static text => text.Replace("@", "%40", StringComparison.Ordinal)),
        ("\\u0040 in arguments", static text => text.Replace("@", "\\u0040", StringComparison.Ordinal)),
        ("(at) and (dot)", static text => text.Replace("@", " (at) ", StringComparison.Ordinal).Replace(".", " (dot) ", StringComparison.Ordinal)),
        ("Cyrillic letters that look alike", static text => text.Replace('a', 'а').Replace('o', 'о')),
        ("in reverse", static text => string.Concat(text.Reverse())),
    ];

    public string Usage => ": which disguises are seen through";

    public async Task<int> RunAsync(Arguments arguments, TextWriter output)
    {
        var guard = new PiiGuard(new PiiSettings());
        await output.WriteLineAsync("| disguise | bob.ray@example.com | 4111 1111 1111 1111 | 123-45-6789 |\n|---|---|---|---|");
        foreach (var (name, disguise) in Disguises)
        {
            var seen = new[] { "bob.ray@example.com", "4111 1111 1111 1111", "123-45-6789" }.Select(value => disguise(value) == value && name != "none" ? "–" : Sees(guard, disguise(value)));
            await output.WriteLineAsync($"| {name} | {string.Join(" | ", seen)} |");
        }

        return 0;
    }

    private static string Sees(PiiGuard guard, string disguised)
    {
        var text = Encoding.UTF8.GetBytes($"It is {disguised}, yes.");
        var found = new Findings();
        guard.Inspect(text, new Passage(TextSource.Arguments), found);
        return found.All is [{ } one] && one.Length == Encoding.UTF8.GetByteCount(disguised) ? "found" : found.Count > 0 ? "in part" : "missed";
    }
}
