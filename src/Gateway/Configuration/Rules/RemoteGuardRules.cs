using Gateway.Configuration.Reading;

namespace Gateway.Configuration.Rules;

/// <summary>Rules of guards that ask someone else.</summary>
internal static class RemoteGuardRules
{
    /// <summary>Longest that a request may wait for one guard: a caller gives up about then.</summary>
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromSeconds(30);

    public static void Check(GuardOptions guard, string path, GatewayOptions options, RuleReport report)
    {
        if (guard.Model is { } model)
        {
            report.CheckPool($"{path}.model.pool", model.Pool, options.Pools);
            report.CheckPolicy($"{path}.model.format", model.Format, "format of a judge", KnownPolicies.JudgeFormats);
            CheckTimeout(model.Timeout, $"{path}.model.timeout", report);
            CheckInstruction(model, $"{path}.model", report);
        }

        if (guard.Webhook is { } webhook)
        {
            CheckTimeout(webhook.Timeout, $"{path}.webhook.timeout", report);
        }

        if (guard.Presidio is { } presidio)
        {
            CheckTimeout(presidio.Timeout, $"{path}.presidio.timeout", report);
        }
    }

    private static void CheckInstruction(ModelGuardOptions model, string path, RuleReport report)
    {
        const string YesNo = "yes_no";
        if (model is { Format: YesNo, Instruction: null or "" })
        {
            report.Add(path, "yes_no needs to know what to ask; write instruction: and when the model shall answer yes");
        }
        else if (model is { Format: not YesNo, Instruction: not null })
        {
            report.Add($"{path}.instruction", $"{Quoting.Quote(model.Format)} brings its own instruction; remove the line, or write format: {YesNo}");
        }

        if (model is { Format: YesNo, Categories.Count: > 0 })
        {
            report.Add($"{path}.categories", "yes_no knows no categories; remove the line");
        }
    }

    private static void CheckTimeout(TimeSpan timeout, string path, RuleReport report)
    {
        report.CheckPositive(path, timeout);
        if (timeout > LongestTimeout)
        {
            report.Add(path, $"{Duration.Write(timeout)} is longer than a caller waits; write at most {Duration.Write(LongestTimeout)}");
        }
    }
}
