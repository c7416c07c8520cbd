namespace Gateway.Configuration.Rules;

/// <summary>Rules of <c>models.*.verify</c>.</summary>
internal static class VerifyRules
{
    public static void Check(ModelOptions model, string path, KnownPolicies known, RuleReport report)
    {
        if (model.Verify is not { } verify)
        {
            return;
        }

        if (model.Cascade is null && model.Pool is not null)
        {
            report.Add(path, $"pool {Quoting.Quote(model.Pool)} has no larger one to give an answer up to; write a cascade, or remove verify");
        }

        for (var i = 0; i < verify.Checks?.Count; i++)
        {
            report.CheckPolicy(ConfigPath.Item($"{path}.checks", i), verify.Checks[i], "check of answers", known.AnswerChecks);
        }

        CheckWithin($"{path}.min_confidence", verify.MinConfidence, 0, 1, report);
        CheckWithin($"{path}.large_right", verify.LargeRight, 0.01, 1, report);
        CheckWithin($"{path}.above", verify.Above, 0, 1, report);
        CheckWithin($"{path}.tokens", verify.Tokens, 1, 4096, report);
        if (verify.Hedge is { } hedge)
        {
            CheckWithin($"{path}.hedge.margin", hedge.Margin, 0.01, 1, report);
        }

        if (verify.Price is { } price)
        {
            CheckWithin($"{path}.price", price, 0, 1, report);
        }
    }

    private static void CheckWithin(string path, double value, double least, double most, RuleReport report)
    {
        if (!(value >= least && value <= most))
        {
            report.Add(path, $"\"{value}\" is out of range; write a number from {least:0.##} to {most:0.##}");
        }
    }
}
