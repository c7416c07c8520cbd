namespace Gateway.Configuration.Rules;

/// <summary>Rules of <c>routing.learning</c>.</summary>
internal static class LearningRules
{
    public static void Check(GatewayOptions options, RuleReport report)
    {
        var learning = options.Routing.Learning;
        report.CheckPositive("routing.learning.feedback_within", learning.FeedbackWithin);
        report.CheckPositive("routing.learning.canary.longest", learning.Canary.Longest);
        if (learning.Shadow.Judge is { } judge)
        {
            report.CheckPool("routing.learning.shadow.judge", judge, options.Pools);
        }
    }
}
