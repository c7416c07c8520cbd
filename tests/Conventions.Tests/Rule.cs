namespace Gateway.Conventions.Tests;

/// <summary>A rule of the house and those who break it.</summary>
public static class Rule
{
    /// <summary>Fails, naming the rule and every offender, unless there is none.</summary>
    public static void Holds(string rule, IEnumerable<string> offenders)
    {
        string[] found = [.. offenders];
        if (found.Length > 0)
            Assert.Fail($"Rule: {rule}\nBroken by:\n  {string.Join("\n  ", found)}");
    }
}
