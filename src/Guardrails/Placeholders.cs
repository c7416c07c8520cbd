using System.Buffers;
using System.Globalization;
using System.Text;

namespace Gateway.Guardrails;

/// <summary>What stands in the place of what was redacted in one request and its answer: the same for the same value, <c>&lt;EMAIL_1&gt;</c>.</summary>
/// <remarks>
/// Numbers are given in the order in which values appear, so that the next turn of a conversation begins with the same bytes. A
/// placeholder that the caller wrote itself is never given to a value. Lives as long as the request; nothing of it is logged or stored.
/// </remarks>
public sealed class Placeholders
{
    private static readonly SearchValues<byte> InPlaceholder = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"u8);

    private readonly Dictionary<(string Label, string Value), string> _given = [];
    private readonly Dictionary<string, int> _next = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _restorable = new(StringComparer.Ordinal);
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <summary>Placeholders whose values the caller gets back, with those values; empty when there are none.</summary>
    public IReadOnlyDictionary<string, string> Restorable => _restorable;

    /// <summary>Takes note of what looks like placeholders in the caller's own text, so that none of them is given.</summary>
    public void Reserve(ReadOnlySpan<byte> text)
    {
        // Cheap to look for and rare: <, capitals, digits and underscores, >.
        while (text.IndexOf((byte)'<') is var start and >= 0)
        {
            text = text[(start + 1)..];
            var length = text.IndexOfAnyExcept(InPlaceholder);
            if (length > 2 && text[length] == '>')
                _taken.Add($"<{Encoding.ASCII.GetString(text[..length])}>");
        }
    }

    /// <summary>The placeholder of a value.</summary>
    /// <param name="label">The finding's.</param>
    /// <param name="value">The text that was found, UTF-8.</param>
    /// <param name="isRestored">Whether the caller gets the value back where the answer names its placeholder.</param>
    public string For(string label, ReadOnlySpan<byte> value, bool isRestored)
    {
        var key = (label, Encoding.UTF8.GetString(value));
        if (!_given.TryGetValue(key, out var placeholder))
        {
            do
            {
                var number = _next[label] = _next.GetValueOrDefault(label) + 1;
                placeholder = string.Create(CultureInfo.InvariantCulture, $"<{label.ToUpperInvariant()}_{number}>");
            }
            while (_taken.Contains(placeholder));
            _given.Add(key, placeholder);
        }

        if (isRestored)
            _restorable[placeholder] = key.Item2;
        return placeholder;
    }
}
