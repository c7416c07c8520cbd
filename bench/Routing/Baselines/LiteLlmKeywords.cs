using System.Text.RegularExpressions;

namespace Gateway.Bench.Routing.Baselines;

/// <summary>A re-implementation of LiteLLM's rule scorer (heuristic v1) from its published dimensions and weights, for measuring only.</summary>
/// <remarks>Seven weighted signs; the raw weighted score is ranked by, which is kinder than its tiers: a tier ties thousands of prompts.</remarks>
public static partial class LiteLlmKeywords
{
    private static readonly string[] Code =
    [
        "function", "class", "def", "const", "let", "var", "import", "export", "return", "async", "await", "try", "catch", "exception",
        "error", "debug", "api", "endpoint", "request", "response", "database", "sql", "query", "schema", "algorithm", "implement",
        "refactor", "optimize", "python", "javascript", "typescript", "java", "rust", "golang", "react", "vue", "angular", "node",
        "docker", "kubernetes", "git", "commit", "merge", "branch", "pull request",
    ];

    private static readonly string[] Reasoning =
    [
        "step by step", "think through", "let's think", "reason through", "analyze this", "break down", "explain your reasoning",
        "show your work", "chain of thought", "think carefully", "consider all", "evaluate", "pros and cons", "compare and contrast",
        "weigh the options", "logical", "deduce", "infer", "conclude",
    ];

    private static readonly string[] Technical =
    [
        "architecture", "distributed", "scalable", "microservice", "machine learning", "neural network", "deep learning", "encryption",
        "authentication", "authorization", "performance", "latency", "throughput", "concurrency", "parallel", "threading", "memory",
        "cpu", "gpu", "protocol", "tcp", "http", "grpc", "websocket", "container", "orchestration", "load balancer", "cache",
    ];

    private static readonly string[] Simple =
    [
        "what is", "what's", "define", "definition of", "who is", "who was", "when did", "when was", "where is", "how many", "how much",
        "yes or no", "true or false", "simple", "brief", "short", "quick", "hello", "hi", "hey", "thanks", "thank you", "goodbye",
        "bye", "okay", "ok",
    ];

    public static double Score(string ask)
    {
        var text = ask.ToLowerInvariant();
        var tokens = text.Length / 4;
        return (0.10 * (tokens < 15 ? -1 : tokens > 400 ? 1 : 0))
            + (0.30 * Step(Count(text, Code), 1, 0.5, 2))
            + (0.25 * Step(Count(text, Reasoning), 1, 0.7, 2))
            + (0.25 * Step(Count(text, Technical), 2, 0.5, 4))
            + (0.05 * (Count(text, Simple) > 0 ? -1 : 0))
            + (0.03 * (MultiStep().IsMatch(text) ? 0.5 : 0))
            + (0.02 * (text.Count(letter => letter == '?') > 3 ? 0.5 : 0));
    }

    private static double Step(int count, int some, double value, int many) => count >= many ? 1 : count >= some ? value : 0;

    private static int Count(string text, string[] phrases) => phrases.Count(phrase => Holds(text, phrase));

    private static bool Holds(string text, string phrase)
    {
        if (phrase.Contains(' ', StringComparison.Ordinal))
            return text.Contains(phrase, StringComparison.Ordinal);
        for (var at = text.IndexOf(phrase, StringComparison.Ordinal); at >= 0; at = text.IndexOf(phrase, at + 1, StringComparison.Ordinal))
        {
            if (!IsWord(text, at - 1) && !IsWord(text, at + phrase.Length))
                return true;
        }

        return false;
    }

    private static bool IsWord(string text, int at) => at >= 0 && at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] == '_');

    [GeneratedRegex(@"first.*?then|step\s*\d|\d+\.\s|[a-z]\)\s", RegexOptions.CultureInvariant)]
    private static partial Regex MultiStep();
}
