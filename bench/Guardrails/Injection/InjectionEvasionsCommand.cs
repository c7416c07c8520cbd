using System.Text;
using Gateway.Bench.Load.Commands;
using Gateway.Guardrails;
using Gateway.Guardrails.Injection;

namespace Gateway.Bench.Guardrails.Injection;

/// <summary>Judges the guard as a whole on attacks that are written in another way.</summary>
public sealed class InjectionEvasionsCommand : IBenchCommand
{
    private const int Texts = 400;

    private static readonly (string Name, Func<string, string> Write)[] Ways =
    [
        ("plain", text => text),
        ("base64", Base64),
        ("base64 twice", text => Base64(Base64(text))),
        ("hexadecimal", text => Convert.ToHexString(Encoding.UTF8.GetBytes(text))),
        ("percent-encoded", text => string.Concat(Encoding.UTF8.GetBytes(text).Select(letter => $"%{letter:x2}"))),
        ("HTML entities", text => string.Concat(text.Select(letter => $"&#{(int)letter};"))),
        ("rot13", text => string.Concat(text.Select(letter => char.IsAsciiLetter(letter) ? (char)((letter & 0x20) + 'A' + (((letter | 0x20) - 'a' + 13) % 26)) : letter))),
        ("reversed", text => new string([.. text.Reverse()])),
        ("leetspeak", text => text.Replace('i', '1').Replace('o', '0').Replace('e', '3').Replace('a', '4').Replace('s', '5')),
        ("Cyrillic look-alikes", text => text.Replace('o', 'о').Replace('e', 'е').Replace('a', 'а').Replace('p', 'р')),
        ("full width", text => string.Concat(text.Select(letter => letter is > ' ' and < '\u007f' ? (char)(letter - '!' + 0xFF01) : letter))),
        ("zero-width in each word", text => string.Join('\u200b', text.ToCharArray())),
        ("spaced, words apart", text => string.Join("  ", text.Split(' ').Select(word => string.Join(' ', word.ToCharArray())))),
        ("spaced, words joined", text => string.Join(' ', text.Replace(" ", "").ToCharArray())),
        ("capitals", text => text.ToUpperInvariant()),
        ("two letters of each long word swapped", Swap),
        ("in an HTML comment", text => $"<p>Welcome.</p><!-- {text} --><p>Goodbye.</p>"),
        ("in the middle of 20 KB of prose", text => Prose + text + Prose),
    ];

    private static readonly string Prose = string.Concat(Enumerable.Repeat("The river runs slowly through the valley, and in summer the children of the village swim in it.\n", 100));

    public string Usage => "[--artefact FILE]    attacks of the grammar in disguise, as a tool returns them";

    public async Task<int> RunAsync(Arguments arguments, TextWriter output)
    {
        var artefact = arguments.One("--artefact") is { } file ? await File.ReadAllBytesAsync(file) : null;
        var guard = new InjectionGuard(new InjectionSettings { Artefact = artefact });
        var (grammar, chance) = (Grammar.Default, new Random(99));
        string[] attacks = [.. Enumerable.Range(0, Texts).Select(i => grammar.Make(i % 2 == 0 ? "attack.direct.override.en" : "attack.direct.leak.en", chance))];
        output.WriteLine("| written | caught | as |\n| --- | --- | --- |");
        foreach (var (name, write) in Ways)
        {
            var labels = new SortedDictionary<string, int>(StringComparer.Ordinal);
            var caught = attacks.Count(attack => IsFound(guard, $"Please see: {write(attack)} .", labels));
            output.WriteLine($"| {name} | {100.0 * caught / Texts:0.0} % | {string.Join(", ", labels.OrderByDescending(label => label.Value).Take(2).Select(label => label.Key))} |");
        }

        foreach (var rule in grammar.Subjects.Where(rule => rule.StartsWith("attack.", StringComparison.Ordinal)))
        {
            var labels = new SortedDictionary<string, int>(StringComparer.Ordinal);
            var caught = Enumerable.Range(0, Texts).Count(_ => IsFound(guard, grammar.Make(rule, chance), labels));
            output.WriteLine($"| {rule["attack.".Length..]} (the grammar it was trained with) | {100.0 * caught / Texts:0.0} % | {string.Join(", ", labels.Keys)} |");
        }

        return 0;
    }

    private static bool IsFound(InjectionGuard guard, string text, SortedDictionary<string, int> labels)
    {
        var found = new Findings();
        guard.Inspect(Encoding.UTF8.GetBytes(text), new Passage(TextSource.Tool), found);
        foreach (var finding in found.All)
            labels[finding.Label] = labels.GetValueOrDefault(finding.Label) + 1;
        return found.Count > 0;
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static string Swap(string text) =>
        string.Join(' ', text.Split(' ').Select(word => word.Length < 6 ? word : $"{word[..2]}{word[3]}{word[2]}{word[4..]}"));
}
