namespace Gateway.Configuration.Rules;

/// <summary>Rules of <c>resume</c> and <c>models.*.resume</c>.</summary>
internal static class ResumeRules
{
    private const int Most = 10;

    public static void Check(GatewayOptions options, RuleReport report)
    {
        Check(options.Resume, "resume", report);
        foreach (var (name, model) in options.Models)
        {
            if (model.Resume is { } own)
            {
                Check(own, $"{ConfigPath.Key("models", name)}.resume", report);
            }
        }
    }

    private static void Check(ResumeOptions resume, string path, RuleReport report)
    {
        if (resume.Max is < 1 or > Most)
        {
            report.Add($"{path}.max", $"\"{resume.Max}\" is out of range; write a number from 1 to {Most}, or enabled: false beside it");
        }
    }
}
