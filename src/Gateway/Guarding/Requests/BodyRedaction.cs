using System.Buffers;
using System.Text;
using Gateway.Guardrails;
using Gateway.Protocol;

namespace Gateway.Guarding.Requests;

/// <summary>A body with placeholders in it: the caller's bytes but for those that are named.</summary>
internal static class BodyRedaction
{
    /// <param name="body">The caller's bytes.</param>
    /// <param name="texts">The texts of it.</param>
    /// <param name="redactions">What is replaced, text by text and in each by place.</param>
    public static RequestBody Apply(ReadOnlySpan<byte> body, RequestTexts texts, IEnumerable<Redaction> redactions)
    {
        var pieces = new List<JsonPiece>();
        foreach (var ofText in redactions.GroupBy(redaction => redaction.Text))
            AddPieces(body, texts[ofText.Key].Utf8.Span, texts.PlaceOf(ofText.Key), [.. ofText], pieces);
        var most = body.Length + pieces.Sum(piece => Encoding.UTF8.GetMaxByteCount(piece.With.Length));
        var buffer = ArrayPool<byte>.Shared.Rent(most);
        var (read, written) = (0, 0);
        foreach (var piece in pieces)
        {
            body[read..piece.Start].CopyTo(buffer.AsSpan(written));
            written += piece.Start - read;
            written += Encoding.UTF8.GetBytes(piece.With, buffer.AsSpan(written));
            read = piece.End;
        }

        body[read..].CopyTo(buffer.AsSpan(written));
        return new RequestBody(buffer, written + body.Length - read);
    }

    private static void AddPieces(ReadOnlySpan<byte> body, ReadOnlySpan<byte> text, TextPlace place, List<Redaction> redactions, List<JsonPiece> pieces)
    {
        var raw = place.At.In(body);
        var found = new List<JsonPiece>(redactions.Count);
        foreach (var redaction in redactions)
            found.Add(WholeCharacters(text, redaction));
        switch (place.Form)
        {
            case TextForm.String:
                found = Map(found, raw, EscapeReading.All).ConvertAll(Quote);
                break;
            case TextForm.JsonString:
                // Arguments are JSON within a string, where a model wrote them well: what is replaced keeps them so.
                var inner = new byte[raw.Length];
                var json = inner.AsSpan(0, JsonEscape.Decode(raw, inner));
                found = Map(found, json, EscapeReading.Letters);
                found = Map(JsonPieces.Of(json, found) ?? found, raw, EscapeReading.All).ConvertAll(Quote);
                break;
            default:
                found = Map(found, raw, place.Form == TextForm.Value ? EscapeReading.All : EscapeReading.Letters);
                found = JsonPieces.Of(raw, found)!;
                break;
        }

        foreach (var piece in found)
            pieces.Add(piece with { Start = place.At.Start + piece.Start });
    }

    private static JsonPiece Quote(JsonPiece piece) => piece with { With = JsonEscape.Encode(piece.With).ToString() };

    /// <summary>Ranges of a text as ranges of the JSON that it was read from.</summary>
    private static List<JsonPiece> Map(List<JsonPiece> ofText, ReadOnlySpan<byte> json, EscapeReading reading)
    {
        var walk = new EscapeWalk(json, reading);
        var (mapped, free) = (new List<JsonPiece>(ofText.Count), 0);
        foreach (var piece in ofText)
        {
            // Two ranges that share an escape share what it stands for: the first one has it.
            var (start, end) = (Math.Max(free, walk.Floor(piece.Start)), walk.Ceiling(piece.End));
            if (end <= start)
                continue;
            free = end;
            mapped.Add(new JsonPiece(start, end - start, piece.With));
        }

        return mapped;
    }

    private static JsonPiece WholeCharacters(ReadOnlySpan<byte> text, Redaction redaction)
    {
        var (start, end) = (redaction.Start, redaction.End);
        while (start > 0 && start < text.Length && IsInside(text[start]))
            start--;
        while (end < text.Length && IsInside(text[end]))
            end++;
        return new JsonPiece(start, end - start, redaction.With);
    }

    /// <summary>Whether a character of UTF-8 goes on with this byte.</summary>
    private static bool IsInside(byte unit) => (unit & 0xC0) == 0x80;
}
