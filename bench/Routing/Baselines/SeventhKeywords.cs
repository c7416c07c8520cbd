namespace Gateway.Bench.Routing.Baselines;

/// <summary>The reference architecture's rule in its seventh version: a keyword, more than 500 characters or more than five messages go up.</summary>
public static class SeventhKeywords
{
    private const int Characters = 500;
    private const int Messages = 5;

    private static readonly string[] Keywords =
    [
        "리팩터", "아키텍처", "설계", "분석", "최적화", "디버그", "마이그레이션",
        "refactor", "architect", "design", "analyze", "optimize", "debug", "migration", "complex", "performance", "security",
    ];

    public static double Score(string text, int messages)
    {
        var isStrong = text.Length > Characters || messages > Messages
            || Keywords.Any(keyword => text.Contains(keyword, StringComparison.OrdinalIgnoreCase));
        return isStrong ? 1 : 0;
    }
}
