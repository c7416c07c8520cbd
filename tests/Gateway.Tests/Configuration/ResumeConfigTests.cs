namespace Gateway.Tests.Configuration;

/// <summary>What is said of resume settings that are none, and what those that are one mean.</summary>
public sealed class ResumeConfigTests
{
    [Theory]
    [InlineData("max: 0", "5:16: resume.max: \"0\" is out of range; write a whole number from 1 to 10")]
    [InlineData("max: 11", "5:16: resume.max: \"11\" is out of range; write a whole number from 1 to 10")]
    [InlineData("max: -1", "5:16: resume.max: \"-1\" is out of range; write a whole number from 1 to 10")]
    [InlineData("max: two", "5:16: resume.max: \"two\" is not a whole number; write digits only, from 1 to 10")]
    [InlineData("exact: yes", "5:18: resume.exact: \"yes\" is not a switch; write true or false")]
    [InlineData("enabled: 1", "5:20: resume.enabled: \"1\" is not a switch; write true or false")]
    [InlineData("enabled: false, exact: true", "5:34: resume.exact: \"true\" says how streams go on, and enabled: false beside it that none does; remove exact, or write enabled: true")]
    [InlineData("exakt: true", "5:11: resume.exakt: unknown key \"exakt\"; did you mean \"exact\"?; the keys here are enabled, max, exact")]
    [InlineData("attempts: 2", "5:11: resume.attempts: unknown key \"attempts\"; the keys here are enabled, max, exact")]
    public void An_error_names_its_line_the_value_and_the_mend(string settings, string error)
    {
        Assert.Equal(error, Sample.Error($"{Sample.Smallest}resume: {{ {settings} }}\n"));
        var own = Sample.Error($"{Sample.Smallest}models: {{ m: {{ pool: slm, resume: {{ {settings} }} }} }}\n");
        Assert.StartsWith("5:", own, StringComparison.Ordinal);
        Assert.Contains(": models.m." + error[(error.IndexOf(' ') + 1)..], own, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "", 2, false)]
    [InlineData("resume: { exact: true }", "", 2, true)]
    [InlineData("resume: { enabled: false }", "", 0, false)]
    [InlineData("resume: { exact: true, max: 5 }", ", resume: { max: 1 }", 1, false)]
    [InlineData("resume: { enabled: false }", ", resume: { exact: true }", 2, true)]
    public void A_models_own_section_stands_for_itself(string all, string own, int most, bool exact)
    {
        var options = Sample.Valid($"{Sample.Smallest}models: {{ m: {{ pool: slm{own} }} }}\n{all}\n");
        var resume = options.Models["m"].Resume ?? options.Resume;
        Assert.Equal((most, exact), (resume.Most, resume.Exact));
    }
}
