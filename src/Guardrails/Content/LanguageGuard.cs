using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Gateway.Guardrails.Content.Languages;

namespace Gateway.Guardrails.Content;

/// <summary>
/// Finds texts of users and of the model in languages that are not allowed, with the label <c>language_xx</c>, xx being the ISO 639-1 code:
/// by the script where that tells the language, else by the most frequent small words.
/// </summary>
/// <remarks>
/// Each paragraph, up to an empty line, is judged from its beginning up to where its language is clear, or through its first
/// <see cref="Most"/> bytes; the finding covers what it was judged by. One that is short or mixed, or consists of names, numbers or code, is
/// not clear, and passes. A script whose language is not told apart passes if any language in it is allowed; so do languages that are not
/// known here: known are those of FunctionWords.txt in Latin letters, and Russian, Ukrainian, Greek, Hebrew, Arabic, Persian, Urdu, Hindi,
/// Thai, Korean, Japanese and Chinese. A stream is held back from a paragraph's beginning until its language is clear.
/// </remarks>
public sealed class LanguageGuard : IGuard
{
    /// <summary>Bytes of a paragraph that are looked at.</summary>
    public const int Most = 600;

    /// <summary>Languages that are not known here and have the small words of one that is.</summary>
    private static readonly (string Known, string Kin)[] Kin = [("da", "no nb nn"), ("id", "ms"), ("cs", "sk"), ("es", "ca gl"), ("nl", "af")];

    private readonly FrozenSet<string> _allowed;
    private readonly FrozenDictionary<string, string> _labels;

    /// <exception cref="FormatException">No language, or what is no code of one.</exception>
    public LanguageGuard(LanguageSettings settings)
    {
        if (settings.Allowed.IsEmpty)
            throw new FormatException("no language is allowed; name one or more by their ISO 639-1 codes");
        foreach (var code in settings.Allowed)
        {
            if (code.Length != 2 || !char.IsAsciiLetterLower(code[0]) || !char.IsAsciiLetterLower(code[1]))
                throw new FormatException($"{code} is no ISO 639-1 code: two lower-case letters, as en");
        }

        var allowed = settings.Allowed.ToHashSet(StringComparer.Ordinal);
        foreach (var script in Script.Languages)
        {
            // What is not told apart is not told: an allowed language that is not known here is taken for the first of its script.
            if (script.Any(code => allowed.Contains(code) && code is not ("ru" or "uk" or "ar" or "fa" or "ur")))
                allowed.UnionWith(script);
        }

        foreach (var (known, kin) in Kin)
        {
            if (kin.Split(' ').Any(allowed.Contains))
                allowed.Add(known);
        }

        _allowed = allowed.ToFrozenSet(StringComparer.Ordinal);
        _labels = SmallWords.Codes.Concat(Script.Languages.SelectMany(of => of)).Distinct()
            .ToFrozenDictionary(code => code, code => $"language_{code}", StringComparer.Ordinal);
    }

    public int Lookbehind => 2;

    public int Inspect(ReadOnlySpan<byte> text, in Passage passage, Findings found)
    {
        if (passage.Source is not (TextSource.User or TextSource.Assistant or TextSource.Reasoning))
            return text.Length;
        var start = passage.Context > 0 ? NextParagraph(text, Math.Max(0, passage.Context - 2)) : 0;
        while (start < text.Length)
        {
            var (end, language) = Judge(text, start, passage.IsEnd);
            if (end < 0)
                return Math.Max(start, passage.Context);
            if (language is not null && !_allowed.Contains(language))
                found.Add(_labels[language], start, end - start);
            start = NextParagraph(text, Math.Max(start, end - 2));
        }

        return text.Length;
    }

    /// <summary>Behind the next empty line; the text's length when there is none.</summary>
    private static int NextParagraph(ReadOnlySpan<byte> text, int from) =>
        text[from..].IndexOf("\n\n"u8) is var at and >= 0 ? from + at + 2 : text.Length;

    /// <summary>Reads a paragraph until its language is clear.</summary>
    /// <returns>Up to where it was read, -1 when it may go on; and the language.</returns>
    private static (int End, string? Language) Judge(ReadOnlySpan<byte> text, int start, bool isEnd)
    {
        var votes = new LanguageVotes(stackalloc int[Script.Count], stackalloc int[SmallWords.Codes.Length]);
        Span<char> word = stackalloc char[SmallWords.Longest];
        var (length, isCode) = (0, false);
        var most = (int)Math.Min(text.Length, (long)start + Most);
        var at = start;
        while (at < most)
        {
            if (char.IsAsciiLetter((char)text[at]))
            {
                votes.AddPlainLetter();
                if (length < word.Length)
                    word[length] = (char)(text[at] | 0x20);
                length++;
                at++;
                continue;
            }

            var status = Rune.DecodeFromUtf8(text[at..], out var rune, out var size);
            if (status == OperationStatus.NeedMoreData && !isEnd)
                return (-1, null);
            if (Rune.IsLetter(rune))
            {
                votes.AddLetter(rune.Value);
                if (length < word.Length && rune.IsBmp)
                    word[length] = (char)Rune.ToLowerInvariant(rune).Value;
                length++;
            }
            else if (length > 0 && rune.Value is '\'' or 0x2019)
            {
                // As in c'est: both parts are words.
                AddWord(ref votes, word, ref length, isCode);
            }
            else if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.Format))
            {
                var joins = rune.Value is '_' or '/' or '\\' or '@' or '=' or '#' or '$' or '<' or '{' || Rune.IsDigit(rune);
                if (length > 0)
                    AddWord(ref votes, word, ref length, isCode || joins || rune.Value is '(' or '[');
                isCode = joins || rune.Value == '.';
                if (votes.TakeNews() && votes.Clear is { } clear)
                    return (at, clear);
                if (rune.Value == '\n' && at + 1 < text.Length && text[at + 1] == '\n')
                    return (at, null);
            }

            at += size;
        }

        if (most == text.Length && !isEnd && most - start < Most)
            return (-1, null);
        AddWord(ref votes, word, ref length, isCode);
        return (at, votes.Clear);
    }

    private static void AddWord(ref LanguageVotes votes, ReadOnlySpan<char> word, ref int length, bool isCode)
    {
        if (length > 0 && !isCode)
            votes.AddWord(word[..Math.Min(length, word.Length)]);
        length = 0;
    }
}
