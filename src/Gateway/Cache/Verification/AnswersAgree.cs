using Gateway.Caching.Semantic;
using Gateway.Routing.Learning;

namespace Gateway.Cache.Verification;

/// <summary>Whether two answers say the same, as far as that can be told without a model that reads them.</summary>
/// <remarks>
/// Documents are compared as themselves, named choices and final numbers are the same when they are. Prose is the same when the embedder has it very near and nothing
/// that matters differs in it, and another when it is far; between the two there is no verdict, and nothing is learned.
/// </remarks>
internal static class AnswersAgree
{
    /// <summary>An embedder reads some 256 pieces: of a longer answer the beginning is compared.</summary>
    private const int Compared = 800;

    /// <summary>From which cosine on, and up to which, the encoder's word on answers is taken.</summary>
    private const float Near = 0.9f, Far = 0.6f;

    /// <summary>Answers that differ in what matters are another when they are no nearer than so.</summary>
    private const float NearButDifferent = 0.75f;

    /// <returns>Null when it cannot be told.</returns>
    public static async ValueTask<bool?> TellAsync(SemanticCache cache, string known, string fresh, CancellationToken cancel)
    {
        if (Folded(known) == Folded(fresh) || Agreement.Of(known, fresh) >= 1)
            return true;
        // Prose that shares no word may say the same all the same.
        if (IsDocument(known) && IsDocument(fresh) && Agreement.Of(known, fresh) <= 0)
            return false;
        var (one, other) = (Beginning(known), Beginning(fresh));
        if (await cache.NearnessAsync(one, other, cancel) is not { } near)
            return null;
        var isDifferent = cache.Differ(one, other) is not null;
        return near >= Near && !isDifferent ? true
            : near <= Far || (isDifferent && near <= NearButDifferent) ? false
            : null;
    }

    private static bool IsDocument(string text) => text.AsSpan().TrimStart() is ['{' or '[' or '`', ..];

    private static string Beginning(string text) => text.Length > Compared ? text[..Compared] : text;

    /// <summary>Letters and digits in lower case: spaces, marks and emphasis make no difference.</summary>
    private static string Folded(string text) => string.Concat(text.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant));
}
