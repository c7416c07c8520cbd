using System.Text;
using System.Text.Json;

namespace Gateway.Guardrails.Streaming;

/// <summary>The placeholders of one request and the values that its caller gets in their place, ready to be looked for in bytes.</summary>
/// <remarks>
/// Models write a placeholder as they were given it, at times in lower case, and within JSON at times with its brackets escaped,
/// <c>\u003cEMAIL_1\u003e</c>. Within JSON the value is escaped too.
/// </remarks>
public sealed class RestoreMap
{
    private readonly byte[][] _forms;
    private readonly string[] _plain;
    private readonly string[] _escaped;

    /// <param name="restorable">Values by placeholder.</param>
    public RestoreMap(IReadOnlyDictionary<string, string> restorable)
    {
        Count = restorable.Count;
        var forms = new List<(byte[] Form, string Plain, string Escaped)>(Count * 6);
        foreach (var (placeholder, value) in restorable)
        {
            var inJson = JsonEncodedText.Encode(value, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString();
            foreach (var name in (string[])[placeholder[1..^1], placeholder[1..^1].ToLowerInvariant()])
            {
                forms.Add((Encoding.UTF8.GetBytes($"<{name}>"), value, inJson));
                forms.Add((Encoding.UTF8.GetBytes($"\\u003c{name}\\u003e"), inJson, inJson));
                forms.Add((Encoding.UTF8.GetBytes($"\\u003C{name}\\u003E"), inJson, inJson));
            }
        }

        forms.Sort(static (one, other) => one.Form.AsSpan().SequenceCompareTo(other.Form));
        _forms = [.. forms.Select(static form => form.Form)];
        _plain = [.. forms.Select(static form => form.Plain)];
        _escaped = [.. forms.Select(static form => form.Escaped)];
    }

    /// <summary>How many placeholders it was made of.</summary>
    public int Count { get; }

    /// <summary>Looks for a placeholder that a text begins with.</summary>
    /// <param name="text">UTF-8.</param>
    /// <param name="isJson">Whether the text is JSON in itself.</param>
    /// <param name="length">The placeholder's bytes; 0 when there is none.</param>
    /// <param name="value">What stands in its place.</param>
    /// <returns>Whether the text may be the beginning of one.</returns>
    internal bool TryMatch(ReadOnlySpan<byte> text, bool isJson, out int length, out string value)
    {
        // The forms are none a prefix of another, so the one that the text begins with is the last that is not behind it.
        var (low, high) = (0, _forms.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_forms[middle].AsSpan().SequenceCompareTo(text) <= 0)
                low = middle + 1;
            else
                high = middle;
        }

        if (low > 0 && text.StartsWith(_forms[low - 1]))
        {
            (length, value) = (_forms[low - 1].Length, (isJson ? _escaped : _plain)[low - 1]);
            return false;
        }

        (length, value) = (0, "");
        return low < _forms.Length && _forms[low].AsSpan().StartsWith(text);
    }
}
