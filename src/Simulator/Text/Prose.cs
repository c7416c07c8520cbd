using System.Text;

namespace Gateway.Simulator.Text;

/// <summary>Readable text of any length, chosen by a key. Some sentences leave ASCII, so that every reader meets characters of 2, 3 and 4 bytes.</summary>
internal static class Prose
{
    private static readonly string[] Sentences =
    [
        "The short answer is that it depends on what you measure.",
        "A queue grows when work arrives faster than it leaves.",
        "Most of the time goes into waiting, not into computing.",
        "In Zürich the trains leave on time, even in deep snow.",
        "Start with the smallest change that could possibly help.",
        "The café on the corner opens at six and closes at noon.",
        "A cache is a promise that the world has not changed.",
        "Two readers may share a page, two writers may not.",
        "東京の朝は静かです。",
        "Write the test first, then the code, then the note.",
        "The river bends twice before it reaches the old mill.",
        "Each replica keeps its own copy and tells nobody.",
        "Good news travels fast 🙂 and bad news travels faster.",
        "A long prompt costs more to read than a short one.",
        "If the first plan fails, the second plan should be ready.",
        "Das Maß aller Dinge ist die Geduld.",
        "Count the tokens, then count them again with care.",
        "The library keeps a quiet room for those who think aloud.",
        "Nothing is slower than a fast answer to the wrong question.",
        "Привет, мир: так начинается каждая книга.",
        "The map is small, the land is large, the road is long.",
        "Measure before you cut, and cut only once.",
        "An index makes reading cheap and writing dear.",
        "Light takes eight minutes to arrive from the sun.",
    ];

    private static readonly Piece[][] Openers = Split(leadingSpace: false);
    private static readonly Piece[][] Followers = Split(leadingSpace: true);
    private static readonly Piece FullStop = new((byte)'.', Phase.Content, "."u8.ToArray());

    /// <summary>Adds <paramref name="tokens"/> pieces; the last is a full stop.</summary>
    public static void Write(ulong key, int tokens, Phase phase, List<Piece> pieces)
    {
        if (tokens <= 0) return;
        var end = pieces.Count + tokens - 1;
        for (var sentence = 0; pieces.Count < end; sentence++)
        {
            var choices = sentence == 0 ? Openers : Followers;
            var chosen = choices[(int)(Chance.Mix(key + (ulong)sentence) % (ulong)choices.Length)];
            var take = Math.Min(chosen.Length, end - pieces.Count);
            for (var i = 0; i < take; i++) pieces.Add(chosen[i] with { Phase = phase });
        }
        if (tokens > 1 && IsHalf(pieces[^1].Text.Span)) pieces[^1] = FullStop with { Phase = phase };
        pieces.Add(FullStop with { Phase = phase });
    }

    /// <summary>The first half of a four-byte character.</summary>
    private static bool IsHalf(ReadOnlySpan<byte> text) => text[0] >= 0xF0;

    private static Piece[][] Split(bool leadingSpace) => Array.ConvertAll(Sentences, sentence =>
    {
        var pieces = new List<Piece>();
        Piece.Split(Encoding.UTF8.GetBytes(leadingSpace ? " " + sentence : sentence), Phase.Content, pieces);
        return pieces.ToArray();
    });
}
