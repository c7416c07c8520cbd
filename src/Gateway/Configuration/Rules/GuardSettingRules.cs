using System.Text.Json;
using Gateway.Configuration.Reading;
using Gateway.Guarding;
using Gateway.Guardrails.Content;
using Gateway.Guardrails.Pii;
using Gateway.Guardrails.Secrets;

namespace Gateway.Configuration.Rules;

/// <summary>Rules of what stands under <c>guardrails.guards</c>: settings that a guard can be made from.</summary>
internal static class GuardSettingRules
{
    /// <param name="guard">The settings.</param>
    /// <param name="path">Where they stand.</param>
    /// <param name="options">The whole file.</param>
    /// <param name="report">Takes what is wrong.</param>
    public static void Check(GuardOptions guard, string path, GatewayOptions options, RuleReport report)
    {
        var before = report.Errors.Count;
        var shape = OptionShape.Of(typeof(GuardOptions));
        string[] kinds = [.. shape.Members.Where(member => member.Property.GetValue(guard) is not null).Select(member => member.Key)];
        if (kinds.Length == 0)
        {
            report.Add(path, $"the guard has no settings; write one of {Quoting.List(shape.Keys)}");
        }
        else if (kinds.Length > 1)
        {
            report.Add(ConfigPath.Key(path, kinds[1]), $"the guard is of kind {kinds[0]} already; give this one a name of its own");
        }

        foreach (var file in GuardFiles.NamedBy(guard))
        {
            CheckFile(file, guard.Blocklist is null ? $"{path}.injection.artefact" : $"{path}.blocklist.file", guard.Blocklist, report);
        }

        CheckPii(guard.Pii, $"{path}.pii", report);
        CheckKinds(guard.Secrets?.Kinds ?? [], SecretsGuard.Kinds, $"{path}.secrets.kinds", "kind of secret", report);
        CheckBlocklist(guard.Blocklist, $"{path}.blocklist", report);
        CheckLists(guard, path, report);
        CheckTools(guard.Tools, $"{path}.tools", report);
        if (guard.Json?.Schema is { } schema)
        {
            CheckSchema(schema, $"{path}.json.schema", () => new JsonGuard(new JsonSettings(schema)), report);
        }

        RemoteGuardRules.Check(guard, path, options, report);
        // What is wrong with the parts was said; this finds what is wrong with the whole.
        if (report.Errors.Count == before && FaultOf(() => LocalGuards.Create(guard)) is { } fault)
        {
            report.Add(path, $"no guard can be made of these settings: {fault}; change them");
        }
    }

    private static void CheckFile(string file, string path, BlocklistOptions? list, RuleReport report)
    {
        var (bytes, error) = GuardFiles.Read(file);
        if (error is null && list is not null && bytes!.Length > ConfigText.MaxBytes)
        {
            error = $"its {bytes.Length} bytes are more than {ConfigText.MaxBytes}";
        }
        else if (error is null && list is not null && GuardFiles.WordsOf(list).Count == 0)
        {
            error = "there are no words in it, or it is not UTF-8";
        }

        if (error is not null)
        {
            report.Add(path, $"{Quoting.Quote(file)} is of no use: {error}; write the path of a file that the gateway can read, or remove the line");
        }
    }

    private static void CheckPii(PiiOptions? pii, string path, RuleReport report)
    {
        if (pii is null)
        {
            return;
        }

        CheckKinds(pii.Entities, PiiGuard.Entities, $"{path}.entities", "kind of personal data", report);
        for (var i = 0; i < pii.Regions.Count; i++)
        {
            if (pii.Regions[i] is not [>= 'A' and <= 'Z', >= 'A' and <= 'Z'])
            {
                report.Add(ConfigPath.Item($"{path}.regions", i), $"{Quoting.Quote(pii.Regions[i])} is no region; write two capital letters of ISO 3166, such as US");
            }
        }

        foreach (var (label, pattern) in pii.Patterns)
        {
            var at = ConfigPath.Key($"{path}.patterns", label);
            if (!IsLabel(label))
            {
                report.Add(at, $"{Quoting.Quote(label)} cannot name a pattern; use small letters, digits and _ after the first, since placeholders are made of it");
            }
            else if (PiiGuard.Entities.Contains(label))
            {
                report.Add(at, $"{Quoting.Quote(label)} is a kind that the guard knows already; write another name");
            }
            else if (FaultOf(() => new PiiGuard(new PiiSettings { Patterns = new Dictionary<string, string> { [label] = pattern } })) is { } fault)
            {
                report.Add(at, $"{Quoting.Quote(pattern)} is no pattern that can be used: {fault}; write one without look-around and back-references");
            }
        }
    }

    /// <summary>Checks names against those that a guard knows.</summary>
    private static void CheckKinds(IReadOnlyList<string> names, IReadOnlyCollection<string> known, string path, string kind, RuleReport report)
    {
        for (var i = 0; i < names.Count && known.Count > 0; i++)
        {
            report.CheckPolicy(ConfigPath.Item(path, i), names[i], kind, known);
        }
    }

    private static void CheckBlocklist(BlocklistOptions? list, string path, RuleReport report)
    {
        if (list is null)
        {
            return;
        }

        if (list is { Words: [], File: null, Topics.Count: 0 })
        {
            report.Add(path, "the list is empty; write words:, file: or topics:");
        }

        foreach (var (label, topic) in list.Topics)
        {
            var at = ConfigPath.Key($"{path}.topics", label);
            if (!IsLabel(label))
            {
                report.Add(at, $"{Quoting.Quote(label)} cannot name a topic; use small letters, digits and _ after the first");
            }

            if (topic.AtLeast > topic.Words.Distinct(StringComparer.OrdinalIgnoreCase).Count())
            {
                report.Add($"{at}.at_least", $"\"{topic.AtLeast}\" is more than the topic has words; write more words, or a smaller number");
            }
        }
    }

    private static void CheckLists(GuardOptions guard, string path, RuleReport report)
    {
        if (guard.Languages is { } languages)
        {
            if (languages.Allowed.Count == 0)
            {
                report.Add($"{path}.languages.allowed", "no language is allowed; write at least one, such as en");
            }

            for (var i = 0; i < languages.Allowed.Count; i++)
            {
                if (languages.Allowed[i] is not [>= 'a' and <= 'z', >= 'a' and <= 'z'])
                {
                    report.Add(ConfigPath.Item($"{path}.languages.allowed", i), $"{Quoting.Quote(languages.Allowed[i])} is no language; write two small letters of ISO 639-1, such as en");
                }
            }
        }

        if (guard.Urls is { } urls)
        {
            for (var i = 0; i < urls.Allowed.Count; i++)
            {
                if (Uri.CheckHostName(urls.Allowed[i].StartsWith("*.", StringComparison.Ordinal) ? urls.Allowed[i][2..] : urls.Allowed[i]) == UriHostNameType.Unknown)
                {
                    report.Add(ConfigPath.Item($"{path}.urls.allowed", i), $"{Quoting.Quote(urls.Allowed[i])} is no host; write one such as example.com, or *.example.com for those below it");
                }
            }
        }
    }

    private static void CheckTools(ToolOptions? tools, string path, RuleReport report)
    {
        if (tools is { Allowed: [], Denied: [], Schemas.Count: 0 })
        {
            report.Add(path, "every tool is allowed; write allowed:, denied: or schemas:");
        }

        foreach (var (tool, schema) in tools?.Schemas ?? new Dictionary<string, string>())
        {
            var one = new Dictionary<string, string> { [tool] = schema };
            CheckSchema(schema, ConfigPath.Key($"{path}.schemas", tool), () => new ToolGuard(new ToolSettings([], [], one)), report);
        }
    }

    private static void CheckSchema(string schema, string path, Func<object?> use, RuleReport report)
    {
        try
        {
            JsonDocument.Parse(schema).Dispose();
        }
        catch (JsonException fault)
        {
            report.Add(path, $"the schema is no JSON: {fault.Message}; write it as JSON in a text");
            return;
        }

        if (FaultOf(use) is { } unusable)
        {
            report.Add(path, $"the schema cannot be used: {unusable}; change it");
        }
    }

    private static bool IsLabel(string text) =>
        text is [>= 'a' and <= 'z', ..] && text.Length <= 40 && text.All(static letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '_');

    private static string? FaultOf(Func<object?> make)
    {
        try
        {
            _ = make();
            return null;
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException or NotSupportedException or InvalidDataException)
        {
            return fault.Message.TrimEnd('.');
        }
    }
}
