namespace Gateway.Configuration.Rules;

/// <summary>Rules of <c>resume</c> and <c>models.*.resume</c>; that their values are within bounds, the reading of the file checks.</summary>
internal static class ResumeRules
{
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

    /// <summary>Who asks for the ids of all tokens and lets no stream go on pays for what nobody uses.</summary>
    private static void Check(ResumeOptions resume, string path, RuleReport report)
    {
        if (resume is { Exact: true, Enabled: false })
        {
            report.Add($"{path}.exact", "\"true\" says how streams go on, and enabled: false beside it that none does; remove exact, or write enabled: true");
        }
    }
}
