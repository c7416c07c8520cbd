using System.Collections.Immutable;
using System.Text;

namespace Gateway.Guardrails.Secrets;

/// <summary>Says whether a text ends in the beginning of an anchor that would be part of a secret: that must not be shown yet.</summary>
internal sealed class SecretBeginnings
{
    private readonly (byte[] Anchor, bool IsWord)[][] _byFirst = new (byte[], bool)[256][];
    private readonly int _longest;

    /// <param name="anchors">The anchors, and whether they count only where a word begins.</param>
    public SecretBeginnings(ImmutableArray<(string Anchor, bool IsWord)> anchors)
    {
        Array.Fill(_byFirst, []);
        foreach (var (anchor, isWord) in anchors)
        {
            var bytes = Encoding.ASCII.GetBytes(anchor);
            _byFirst[bytes[0]] = [.. _byFirst[bytes[0]], (bytes, isWord)];
            _longest = Math.Max(_longest, bytes.Length);
        }
    }

    /// <summary>Where the longest such beginning starts; the text's length when there is none.</summary>
    public int OpenFrom(in SeenText text)
    {
        for (var at = Math.Max(text.Context, text.Utf8.Length - _longest + 1); at < text.Utf8.Length; at++)
        {
            var rest = text.Utf8[at..];
            foreach (var (anchor, isWord) in _byFirst[rest[0]])
            {
                if (anchor.Length > rest.Length && anchor.AsSpan().StartsWith(rest) && (!isWord || text.BeginsWord(at)))
                    return at;
            }
        }

        return text.Utf8.Length;
    }
}
