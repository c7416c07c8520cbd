using Gateway.Configuration;

namespace Gateway.Tests.Configuration;

/// <summary>The conditions and outcomes of rules, as the file has them.</summary>
public sealed class ConfigExpressionTests
{
    [Theory]
    [InlineData("  - { name: a, use: slm, when: request.promt_tokens > 3 }", "6:40: rules[0].when: unknown name 'request.promt_tokens'")]
    [InlineData("  - { name: a, use: slm, when: 'request.stream &&' }", "6:50: rules[0].when: unexpected end of input")]
    [InlineData("  - { name: a, use: slm, when: \"request.model > 3\" }", "6:47: rules[0].when: '>' does not take (string, int)")]
    [InlineData("  - name: a\n    use: slm\n    when: |\n\n      true &&\n        nobody", "11:9: rules[0].when: unknown name 'nobody'")]
    [InlineData("  - { name: a, use: slm, when: request.turns }", "6:32: rules[0].when: the condition is a int")]
    [InlineData("  - { name: a, use: slm, when: pools.lmm.healthy > 0 }", "6:42: rules[0].when: unknown name 'pools.lmm.healthy'; known: pools.slm.replicas")]
    [InlineData("  - { name: a, when: 'true', use: lmm }", "6:35: rules[0].use[0]: \"lmm\" is neither pool nor model")]
    [InlineData("  - { name: a, when: 'true', use: [slm, lmm] }", "6:41: rules[0].use[1]: \"lmm\" is no pool")]
    [InlineData("  - { name: a, when: 'true', split: { slm: 1, lmm: 1 } }", "rules[0].split.lmm: \"lmm\" is neither pool nor model")]
    [InlineData("  - { name: a, when: 'true' }", "6:5: rules[0]: nothing becomes of the requests that match; write use:, split:, reject:, priority:, group:, cache: or guardrails:")]
    [InlineData("  - { name: a, when: 'true', use: slm, reject: { message: no } }", "rules[0].reject: use decides already")]
    [InlineData("  - { name: a, when: 'true', chain: true, reject: { message: no } }", "rules[0].chain: ")]
    [InlineData("  - { name: a, when: 'true', use: slm, cache: off }", "rules[0].cache: \"off\" stands where the file needs a mapping with the keys bypass, ttl, tags")]
    [InlineData("  - { name: a, when: 'true', use: slm, priority: high }", "rules[0].priority: ")]
    [InlineData("  - { name: a, when: 'true', priority: 1000001 }", "rules[0].priority: ")]
    [InlineData("  - { name: a, when: 'true', priority: 1, reject: { message: no } }", "6:40: rules[0].priority: a request that is turned away waits in no queue")]
    [InlineData("  - { name: a, when: 'true', reject: { status: 200, message: no } }", "rules[0].reject.status: ")]
    public void What_is_wrong_with_a_rule_is_reported_at_its_place(string rule, string error) =>
        Assert.Contains(error, Sample.Error($"{Sample.Smallest}rules:\n{rule}\n"), StringComparison.Ordinal);

    [Fact]
    public void A_rule_may_name_one_target_or_several()
    {
        var options = Sample.Valid($"{Sample.Smallest}  llm: {{ model: n, replicas: [http://10.0.1.5:8000] }}\n"
            + "rules:\n  - { name: one, when: 'true', use: slm }\n  - { name: two, when: 'true', use: [llm, slm] }\n");
        Assert.Equal(["slm"], options.Rules[0].Use);
        Assert.Equal(["llm", "slm"], options.Rules[1].Use);
    }

    [Fact]
    public void What_the_user_wrote_must_be_opened_to_rules()
    {
        const string Rule = "rules: [{ name: a, use: slm, when: 'request.last_user_text.contains(\"x\")' }]\n";
        Assert.Contains("unknown name", Sample.Error(Sample.Smallest + Rule), StringComparison.Ordinal);
        Sample.Valid($"{Sample.Smallest}routing: {{ rules_see_text: true }}\n{Rule}");
    }

    [Fact]
    public void The_summary_shows_rules_and_says_what_is_not_measured()
    {
        var options = Sample.Valid($"{Sample.Smallest}rules: [{{ name: full, use: slm, when: budget.used > 0.9 }}]\n");
        var summary = ConfigReport.Summary(options);
        Assert.Contains("full: budget.used > 0.9 -> slm", summary, StringComparison.Ordinal);
        Assert.Contains("note: budget.used is not measured yet and is 0", summary, StringComparison.Ordinal);
    }

    [Fact]
    public void The_summary_shows_priorities_and_no_note_of_what_is_measured()
    {
        var summary = ConfigReport.Summary(Sample.Valid(Sample.Smallest + """
            rules:
              - { name: alone, when: 'pools.slm.first_token_p95 < duration("2s")', priority: -5 }
              - { name: beside, when: 'true', use: slm, priority: 3 }

            """));
        Assert.Contains("-> priority -5, then the rules below\n", summary, StringComparison.Ordinal);
        Assert.Contains("beside: true -> slm, priority 3\n", summary, StringComparison.Ordinal);
        Assert.DoesNotContain("not measured", summary, StringComparison.Ordinal);
    }
}
