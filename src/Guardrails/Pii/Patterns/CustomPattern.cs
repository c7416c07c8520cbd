using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace Gateway.Guardrails.Pii.Patterns;

/// <summary>A pattern of the operator's own: a regular expression that is matched without backtracking, and one for the beginnings of what it matches.</summary>
internal sealed class CustomPattern
{
    /// <summary>How far before a window's end something may be open, in UTF-16 units; a window holds back less (<see cref="WindowLimits"/>).</summary>
    private const int MostOpen = 4096;

    private const int LongestPattern = 1000;
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    private readonly string _label;
    private readonly Regex _whole;
    private readonly Regex _beginning;

    /// <param name="label">The label of what it finds.</param>
    /// <param name="pattern">The expression.</param>
    /// <exception cref="FormatException">It is not of the subset, or may match nothing at all.</exception>
    public CustomPattern(string label, string pattern)
    {
        if (pattern.Length > LongestPattern)
            throw new FormatException($"The pattern of '{label}' has {pattern.Length} characters; at most {LongestPattern} are allowed.");
        var options = Options;
        var rest = pattern;
        if (pattern.StartsWith("(?i)", StringComparison.Ordinal))
            (options, rest) = (options | RegexOptions.IgnoreCase, pattern[4..]);
        try
        {
            var read = new PatternReader(rest).Read();
            if (read.MayBeEmpty)
                throw new FormatException("it may match the empty string");
            (_label, _whole, _beginning) = (label, new Regex(read.Whole, options), new Regex($"(?:{read.Beginning})\\z", options));
        }
        catch (Exception e) when (e is FormatException or ArgumentException or NotSupportedException)
        {
            throw new FormatException($"The pattern of '{label}', '{pattern}', cannot be used: {e.Message}.", e);
        }
    }

    /// <summary>Finds what it matches.</summary>
    /// <param name="text">UTF-8.</param>
    /// <param name="from">Where to begin.</param>
    /// <param name="isEnd">Nothing follows.</param>
    /// <param name="rank">Among what begins and ends at the same places.</param>
    /// <param name="seen">Filled in.</param>
    /// <returns>The place from which on more text could change what is found.</returns>
    public int Read(ReadOnlySpan<byte> text, int from, bool isEnd, int rank, ref Sightings seen)
    {
        // One character more, for boundaries of words.
        var first = Math.Max(0, from - 1);
        while (first > 0 && from - first < 4 && (text[first] & 0xC0) == 0x80)
            first--;
        var chars = ArrayPool<char>.Shared.Rent(text.Length - first);
        try
        {
            var length = Encoding.UTF8.GetChars(text[first..], chars);
            var start = Encoding.UTF8.GetCharCount(text[first..from]);
            return Read(text, new Way(text, first), chars.AsSpan(0, length), start, isEnd, rank, ref seen);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(chars);
        }
    }

    private int Read(ReadOnlySpan<byte> text, Way way, ReadOnlySpan<char> chars, int start, bool isEnd, int rank, ref Sightings seen)
    {
        var open = isEnd ? chars.Length : FirstOpen(chars, Math.Max(start, chars.Length - MostOpen));
        foreach (var match in _whole.EnumerateMatches(chars, start))
        {
            var end = match.Index + match.Length;
            if (match.Index >= open)
                break;
            seen.Add(_label, way.To(match.Index, roundsUp: false), way.To(end, roundsUp: true), rank);
            // What this one covers cannot begin another.
            if (open < end)
                open = FirstOpen(chars, end);
        }

        return open == chars.Length ? text.Length : way.To(open, roundsUp: false);
    }

    private int FirstOpen(ReadOnlySpan<char> chars, int start)
    {
        foreach (var match in _beginning.EnumerateMatches(chars, start))
        {
            if (match.Length > 0)
                return match.Index;
        }

        return chars.Length;
    }

    /// <summary>From places in UTF-16 to places in UTF-8, asked in ascending order or nearly: each byte is passed about once.</summary>
    private ref struct Way(ReadOnlySpan<byte> text, int first)
    {
        private readonly ReadOnlySpan<byte> _text = text;
        private int _place = first;
        private int _units;

        /// <summary>The place of a UTF-16 unit.</summary>
        /// <param name="unit">The unit, none before the last that was asked about.</param>
        /// <param name="roundsUp">Whether the second half of a pair belongs to what comes behind it.</param>
        public int To(int unit, bool roundsUp)
        {
            while (_units < unit)
            {
                Rune.DecodeFromUtf8(_text[_place..], out var rune, out var width);
                if (_units + rune.Utf16SequenceLength > unit && !roundsUp)
                    break;
                _units += rune.Utf16SequenceLength;
                _place += width;
            }

            return _place;
        }
    }
}
