using System.Text;
using Gateway.Simulator.Requests;
using Gateway.Simulator.Text;

namespace Gateway.Simulator.Wire;

/// <summary>
/// Holds back the last characters of a text, one fewer than the longest stop string has, as vLLM does while a stop string may still begin
/// in them. Token ids are not held back, so they run ahead of the text.
/// </summary>
internal sealed class StopLag
{
    private readonly int _characters;
    private readonly List<byte> _held = [];

    private StopLag(int characters) => _characters = characters;

    /// <summary>What the held text is part of.</summary>
    public Phase Phase { get; private set; }

    /// <summary>Null when nothing is to be held: no stop string, or one that is shown.</summary>
    public static StopLag? For(Ask ask)
    {
        var longest = 0;
        foreach (var stop in ask.Stop ?? [])
            longest = Math.Max(longest, Encoding.UTF8.GetString(stop).EnumerateRunes().Count());
        return longest > 1 && !ask.IncludeStop ? new StopLag(longest - 1) : null;
    }

    /// <summary>Adds whole characters; returns those that may be shown.</summary>
    public ReadOnlySpan<byte> Take(ReadOnlySpan<byte> text, Phase phase, bool last)
    {
        _held.AddRange(text);
        Phase = phase;
        return Release(last ? 0 : _characters);
    }

    /// <summary>All that is held.</summary>
    public ReadOnlySpan<byte> Flush() => Release(0);

    private byte[] Release(int keep)
    {
        var at = _held.Count;
        for (; keep > 0 && at > 0; keep--)
        {
            at--;
            while (at > 0 && (_held[at] & 0xC0) == 0x80) at--;
        }
        var shown = _held[..at].ToArray();
        _held.RemoveRange(0, at);
        return shown;
    }
}
