using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;

namespace Gateway.Routing.Complexity.Keywords;

/// <summary><c>keywords</c>: strong or weak, by a word anywhere in the conversation, then its length, then its messages.</summary>
/// <remarks>
/// It judges as the reference rule does, faults included: system prompts and tool results count, and a word counts inside of
/// another. It is here so that a deployment can move without changing what goes where, and then compare.
/// </remarks>
public sealed class KeywordScorer(KeywordRule rule) : IComplexityScorer
{
    /// <summary>UTF-16 units that are looked through at once, what is kept of the piece before included.</summary>
    private const int Piece = 2048;

    /// <summary>
    /// What the reference rule says: the tuning table published with it has its 7th version call 68 % of some 42,000 requests weak,
    /// which 17 parts of 25 are. Another rule is seeded with the same, and corrected by its traffic.
    /// </summary>
    private static readonly float[] Typical = [.. Enumerable.Repeat(0f, 17), .. Enumerable.Repeat(1f, 8)];

    private static readonly ComplexityScore Weak = new(0, default);
    private static readonly ComplexityScore ByKeyword = Strong("keyword");
    private static readonly ComplexityScore ByLength = Strong("length");
    private static readonly ComplexityScore ByMessages = Strong("turns");

    private readonly SearchValues<string> _words = SearchValues.Create([.. rule.Words], StringComparison.OrdinalIgnoreCase);
    private readonly int _overlap = Math.Max(0, rule.Words.Select(word => word.Length).DefaultIfEmpty().Max() - 1);

    public bool ReadsConversation => true;

    /// <summary>Of the rule: whoever writes the same words, in any order and case, and the same limits has the same version.</summary>
    public string Version { get; } = VersionOf(rule);

    public ReadOnlySpan<float> TypicalScores => Typical;

    public ComplexityScore Score(in Prompt prompt)
    {
        var characters = 0;
        if (HasKeyword(prompt.Conversation, ref characters))
            return ByKeyword;
        return characters > rule.Characters ? ByLength : prompt.Messages > rule.Messages ? ByMessages : Weak;
    }

    /// <summary>Looks through the text piece by piece; each piece begins with the end of the one before, where a word may be cut.</summary>
    private bool HasKeyword(ReadOnlySpan<byte> text, ref int characters)
    {
        var rented = _overlap < Piece / 2 ? null : ArrayPool<char>.Shared.Rent(Piece + _overlap);
        var piece = rented ?? stackalloc char[Piece];
        try
        {
            var kept = 0;
            while (!text.IsEmpty)
            {
                Utf8.ToUtf16(text, piece[kept..], out var read, out var written);
                characters += Characters(piece.Slice(kept, written));
                text = text[read..];
                var filled = piece[..(kept + written)];
                if (filled.ContainsAny(_words))
                    return true;
                kept = Math.Min(_overlap, filled.Length);
                filled[^kept..].CopyTo(piece);
            }

            return false;
        }
        finally
        {
            if (rented is not null)
                ArrayPool<char>.Shared.Return(rented);
        }
    }

    /// <summary>Characters as Unicode counts them: a surrogate pair is one.</summary>
    private static int Characters(ReadOnlySpan<char> units)
    {
        var characters = units.Length;
        foreach (var unit in units)
            characters -= char.IsLowSurrogate(unit) ? 1 : 0;
        return characters;
    }

    private static string VersionOf(KeywordRule rule)
    {
        var words = rule.Words.Select(word => word.ToUpperInvariant()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        var text = string.Create(CultureInfo.InvariantCulture, $"{rule.Characters}\0{rule.Messages}\0{string.Join('\0', words)}");
        return $"keywords-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 4))}";
    }

    private static ComplexityScore Strong(string feature)
    {
        var top = default(ComplexityScore.TopFeatures);
        top.Offer(new ComplexityScore.Feature(feature, 1));
        return new ComplexityScore(1, top);
    }
}
