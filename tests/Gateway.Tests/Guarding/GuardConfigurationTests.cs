using Gateway.Configuration;
using Gateway.Guardrails;
using Gateway.Hosting;
using Gateway.Tests.Configuration;

namespace Gateway.Tests.Guarding;

/// <summary>What the configuration says of guards, and what becomes of that.</summary>
public sealed class GuardConfigurationTests
{
    private const string Full = """
        models:
          plain: { pool: slm }
          strict: { pool: slm, guardrails: strict }
          free: { pool: slm, guardrails: none }
        rules:
          - { name: kids, when: '"x-kids" in headers', guardrails: strict }
        guardrails:
          on_failure: open
          other_routes: pass
          window: { bytes: 512, time: 200ms }
          input:
            - { guard: secrets, action: block, on_failure: shut }
            - { guard: words, action: redact, restore: true }
          output: [{ guard: leak, action: flag }]
          guards:
            words: { blocklist: { words: [rhubarb], topics: { cooking: { words: [pan, pot], at_least: 2 } } } }
            short: { size: { bytes: 4KiB } }
          policies:
            strict: { input: [{ guard: short, action: block }] }

        """;

    [Fact]
    public void Policies_are_chosen_by_model_and_rule()
    {
        var options = Sample.Valid(Sample.Smallest + Full);
        var blueprint = BlueprintBuilder.ToRead(options);
        var (guards, catalog) = (blueprint.Guards!, blueprint.Catalog);
        GuardPolicy Of(string model) => guards.PolicyFor(catalog.Find(model)!, catalog.Find(model)!, null);
        Assert.Equal(["default", "strict", "none"], new[] { "plain", "strict", "free" }.Select(model => Of(model).Name));
        Assert.Equal([("secrets", GuardAction.Block, false, false), ("words", GuardAction.Redact, true, true)], Of("plain").Input.Select(step => (step.Name, step.Action, step.Restores, step.FailsOpen)));
        Assert.Equal(("leak", GuardAction.Flag), (Of("plain").Output[0].Name, Of("plain").Output[0].Action));
        Assert.Equal(new WindowLimits(512, TimeSpan.FromMilliseconds(200)), Of("plain").Window);
        Assert.True(guards.PassesOtherRoutes);
        Assert.Equal([true, true, false], new[] { "plain", "strict", "free" }.Select(model => guards.Covers(catalog.Find(model)!)));
    }

    [Fact]
    public void Without_a_section_there_are_no_guards() => Assert.Null(BlueprintBuilder.ToRead(Sample.Valid(Sample.Smallest)).Guards);

    [Fact]
    public void A_section_without_guards_inspects_nothing()
    {
        var guards = BlueprintBuilder.ToRead(Sample.Valid(Sample.Smallest + "guardrails: {}\n")).Guards!;
        Assert.Same(GuardPolicy.None, guards.Usual);
    }

    [Theory]
    [InlineData("rhubarb", "rhubarb2")]
    [InlineData("at_least: 2", "at_least: 1")]
    [InlineData("action: flag", "action: block")]
    [InlineData("restore: true", "restore: false")]
    [InlineData("on_failure: open", "on_failure: shut")]
    [InlineData("bytes: 512", "bytes: 513")]
    public void Whatever_changes_what_passes_changes_the_version(string before, string after)
    {
        Assert.NotEqual(Version(Full), Version(Full.Replace(before, after, StringComparison.Ordinal)));
        Assert.Equal(Version(Full), Version(Full.Replace("other_routes: pass", "other_routes: refuse", StringComparison.Ordinal)));
        Assert.Equal(Version(Full), Version(Full.Replace("4KiB", "5KiB", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_file_of_words_is_read_again_when_it_changes()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "rhubarb\n\n two words \n");
            var text = $"guardrails: {{ input: [{{ guard: words, action: block }}], guards: {{ words: {{ blocklist: {{ file: {path} }} }} }} }}\n";
            var load = Sample.Parse(Sample.Smallest + text);
            Assert.Equal(["rhubarb", "two words"], GuardFiles.WordsOf(load.Options!.Guardrails!.Guards["words"].Blocklist!));
            Assert.Contains(path, load.NamedFiles);
            var version = Version(text);
            File.WriteAllText(path, "rhubarb\n");
            Assert.NotEqual(version, Version(text));
            File.WriteAllText(path, "\n");
            Assert.Contains("there are no words in it", Sample.Error(Sample.Smallest + text), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("guardrails: { input: [{ guard: secret, action: block }] }", "guardrails.input[0].guard: \"secret\" is no guard; did you mean \"secrets\"?; the guards are pii, secrets, injection, leak, json")]
    [InlineData("guardrails: { input: [{ guard: pii, action: hide }] }", "guardrails.input[0].action: \"hide\" is no action of a guard; the known ones are block, redact, flag")]
    [InlineData("guardrails: { input: [{ guard: injection, action: redact }] }", "a guard of kind injection judges a text as a whole and has nothing to redact")]
    [InlineData("guardrails: { input: [{ guard: leak, action: flag }] }", "a guard of kind leak judges answers; move it to output")]
    [InlineData("guardrails: { input: [{ guard: json, action: flag }] }", "a guard of kind json judges answers; move it to output")]
    [InlineData("guardrails: { output: [{ guard: pii, action: redact, restore: true }] }", "guardrails.output[0].restore: what is redacted in an answer is hidden from the caller")]
    [InlineData("guardrails: { input: [{ guard: pii, action: block, restore: true }] }", "a step that does not redact has nothing to restore")]
    [InlineData("guardrails: { input: [{ guard: pii, action: block }, { guard: pii, action: flag }] }", "guardrails.input[1].guard: \"pii\" is already in this list")]
    [InlineData("guardrails: { on_failure: ajar }", "\"ajar\" is no way to fail")]
    [InlineData("guardrails: { input: [{ guard: pii, action: flag, on_failure: ajar }] }", "guardrails.input[0].on_failure: \"ajar\" is no way to fail")]
    [InlineData("guardrails: { other_routes: block }", "\"block\" is no way with other routes")]
    [InlineData("guardrails: { window: { bytes: 1 } }", "guardrails.window.bytes: ")]
    [InlineData("guardrails: { window: { time: 0s } }", "guardrails.window.time: ")]
    [InlineData("guardrails: { guards: { pii: { pii: {} } } }", "guardrails.guards.pii: \"pii\" is the guard without settings")]
    [InlineData("guardrails: { guards: { \"a b\": { pii: {} } } }", "\"a b\" cannot name a guard")]
    [InlineData("guardrails: { guards: { a: {} } }", "guardrails.guards.a: the guard has no settings; write one of pii, secrets, injection,")]
    [InlineData("guardrails: { guards: { a: { pii: {}, secrets: {} } } }", "guardrails.guards.a.secrets: the guard is of kind pii already")]
    [InlineData("guardrails: { guards: { a: { pii: { regions: [us] } } } }", "\"us\" is no region")]
    [InlineData("guardrails: { guards: { a: { pii: { patterns: { Badge: \"B[0-9]+\" } } } } }", "\"Badge\" cannot name a pattern")]
    [InlineData("guardrails: { guards: { a: { blocklist: {} } } }", "the list is empty")]
    [InlineData("guardrails: { guards: { a: { blocklist: { file: /none/such } } } }", "\"/none/such\" is of no use: it does not exist")]
    [InlineData("guardrails: { guards: { a: { injection: { artefact: /none/such } } } }", "guardrails.guards.a.injection.artefact: \"/none/such\" is of no use")]
    [InlineData("guardrails: { guards: { a: { blocklist: { topics: { t: { words: [x], at_least: 2 } } } } } }", "\"2\" is more than the topic has words")]
    [InlineData("guardrails: { guards: { a: { blocklist: { topics: { T: { words: [x], at_least: 1 } } } } } }", "\"T\" cannot name a topic")]
    [InlineData("guardrails: { guards: { a: { languages: { allowed: [] } } } }", "no language is allowed")]
    [InlineData("guardrails: { guards: { a: { languages: { allowed: [english] } } } }", "\"english\" is no language")]
    [InlineData("guardrails: { guards: { a: { urls: { allowed: [\"http://a\"] } } } }", "\"http://a\" is no host")]
    [InlineData("guardrails: { guards: { a: { tools: {} } } }", "every tool is allowed")]
    [InlineData("guardrails: { guards: { a: { tools: { schemas: { f: \"{\" } } } } }", "guardrails.guards.a.tools.schemas.f: the schema is no JSON")]
    [InlineData("guardrails: { guards: { a: { json: { schema: \"{\" } } } }", "guardrails.guards.a.json.schema: the schema is no JSON")]
    [InlineData("guardrails: { policies: { none: { input: [{ guard: pii, action: flag }] } } }", "guardrails.policies.none: \"none\" is a policy already")]
    [InlineData("guardrails: { policies: { a: {} } }", "guardrails.policies.a: the policy has no guards")]
    [InlineData("guardrails: { policies: { a: { output: [{ guard: b, action: flag }] } } }", "guardrails.policies.a.output[0].guard: \"b\" is no guard")]
    [InlineData("models: { a: { pool: slm, guardrails: strict } }", "there are no guards that this could choose from")]
    [InlineData("models: { a: { pool: slm, guardrails: strict } }\nguardrails: {}", "models.a.guardrails: \"strict\" is no policy of guards; the policies are default, none")]
    [InlineData("rules: [{ name: a, when: \"true\", guardrails: strict }]\nguardrails: {}", "rules[0].guardrails: \"strict\" is no policy of guards")]
    [InlineData("rules: [{ name: a, when: \"true\", guardrails: none, reject: { message: no } }]\nguardrails: {}", "a request that is turned away goes nowhere; remove guardrails")]
    public void A_mistake_is_named(string text, string error) => Assert.Contains(error, Sample.Error(Sample.Smallest + text), StringComparison.Ordinal);

    [Theory]
    [InlineData("model: { pool: slmm }", "guardrails.guards.a.model.pool: \"slmm\" is no pool")]
    [InlineData("model: { pool: slm, format: maybe }", "\"maybe\" is no format of a judge")]
    [InlineData("model: { pool: slm, format: yes_no }", "yes_no needs to know what to ask")]
    [InlineData("model: { pool: slm, instruction: x }", "\"llama_guard\" brings its own instruction")]
    [InlineData("model: { pool: slm, format: yes_no, instruction: x, categories: [S1] }", "yes_no knows no categories")]
    [InlineData("model: { pool: slm, timeout: 31s }", "guardrails.guards.a.model.timeout: 31s is longer than a caller waits; write at most 30s")]
    [InlineData("webhook: { url: http://a, timeout: 60s }", "guardrails.guards.a.webhook.timeout: ")]
    [InlineData("presidio: { analyzer: http://a, timeout: 60s }", "guardrails.guards.a.presidio.timeout: ")]
    public void A_mistake_about_a_remote_guard_is_named(string guard, string error) =>
        Assert.Contains(Sample.Errors($"{Sample.Smallest}guardrails: {{ guards: {{ a: {{ {guard} }} }} }}"), found => found.Contains(error, StringComparison.Ordinal));

    [Fact]
    public void A_webhook_says_what_its_failure_means()
    {
        const string Text = "guardrails: { input: [{ guard: a, action: block }], guards: { a: { webhook: { url: http://a } } } }";
        Assert.Contains(Sample.Errors(Sample.Smallest + Text), error => error.Contains("guardrails.input[0]: nothing says what happens when the webhook fails", StringComparison.Ordinal));
        Assert.DoesNotContain(Sample.Errors(Sample.Smallest + Text.Replace("block", "block, on_failure: open", StringComparison.Ordinal)), error => error.Contains("webhook fails", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_mistake_is_named_at_once()
    {
        const string Text = "guardrails: { on_failure: ajar, input: [{ guard: a, action: hide }], policies: { none: {} }, guards: { b: { tools: {} } } }";
        Assert.Equal(6, Sample.Errors(Sample.Smallest + Text).Count);
    }

    [Fact]
    public void The_report_says_what_guards_do()
    {
        var report = ConfigReport.Summary(Sample.Valid(Sample.Smallest + Full));
        Assert.Contains("guards       requests: secrets blocks, then words redacts and restores (fails open); answers: leak flags (fails open)\n", report, StringComparison.Ordinal);
        Assert.Contains("             other routes of guarded models are served without inspection\n", report, StringComparison.Ordinal);
        Assert.Contains("             policy strict: requests: short blocks (fails open); answers are not inspected\n", report, StringComparison.Ordinal);
        Assert.Contains("             free: policy none\n", report, StringComparison.Ordinal);
        Assert.Contains("guards' policy strict, then the rules below", report, StringComparison.Ordinal);
        Assert.Contains("guards       none: texts pass as they are", ConfigReport.Summary(Sample.Valid(Sample.Smallest)), StringComparison.Ordinal);
    }

    private static string Version(string text) => BlueprintBuilder.ToRead(Sample.Valid(Sample.Smallest + text)).Guards!.Usual.Version;
}
