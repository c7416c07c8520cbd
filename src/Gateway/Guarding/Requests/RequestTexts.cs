using System.Buffers;
using System.Collections;
using System.Text;
using Gateway.Guardrails;
using Gateway.Protocol;

namespace Gateway.Guarding.Requests;

/// <summary>The texts of a chat request, for the guards, and where each of them stands in the body.</summary>
/// <remarks>
/// A text without escapes is a slice of the body; those with escapes share one rented buffer, so that a body full of texts costs two
/// rented lists. Disposed of when nobody looks at the texts any more.
/// </remarks>
internal sealed class RequestTexts : IReadOnlyList<GuardedText>, IDisposable
{
    private const int FirstTexts = 16;

    private readonly ReadOnlyMemory<byte> _body;
    private GuardedText[] _texts = ArrayPool<GuardedText>.Shared.Rent(FirstTexts);
    private TextPlace[] _places = ArrayPool<TextPlace>.Shared.Rent(FirstTexts);
    private byte[]? _decoded;
    private int _used;

    private RequestTexts(ReadOnlyMemory<byte> body) => _body = body;

    public int Count { get; private set; }

    public GuardedText this[int index] => index < Count ? _texts[index] : throw new ArgumentOutOfRangeException(nameof(index));

    /// <summary>Reads the texts of a body that was read before and found good.</summary>
    public static RequestTexts Of(ReadOnlyMemory<byte> body, ChatRequest request)
    {
        var texts = new RequestTexts(body);
        BodyTexts.Read(body.Span, request, texts);
        return texts;
    }

    public TextPlace PlaceOf(int index) => _places[index];

    /// <summary>Name of the body's member that a text belongs to, as it is written.</summary>
    public string MemberOf(int index) => Encoding.UTF8.GetString(_places[index].Member.In(_body.Span));

    public void Add(TextSource source, TextPlace place, bool isEscaped, string? tool = null, int turn = -1)
    {
        var utf8 = _body.Slice(place.At.Start, place.At.Length);
        if (isEscaped)
        {
            // An escape is never shorter than what it stands for: all that is still to come fits.
            _decoded ??= ArrayPool<byte>.Shared.Rent(_body.Length - place.At.Start);
            var length = Decode(utf8.Span, _decoded.AsSpan(_used), place.Form);
            utf8 = _decoded.AsMemory(_used, length);
            _used += length;
        }

        if (Count == _texts.Length)
        {
            Grow(ref _texts);
            Grow(ref _places);
        }

        (_texts[Count], _places[Count]) = (new GuardedText(source, utf8, tool, turn), place);
        Count++;
    }

    /// <summary>Adds an object or a list as one text.</summary>
    public void AddJson(TextSource source, TextPlace place, string? tool, int turn) =>
        Add(source, place, _body.Span.Slice(place.At.Start, place.At.Length).Contains((byte)'\\'), tool, turn);

    /// <summary>Says of which tool the arguments are that were added from a place on.</summary>
    public void NameTool(int from, string? tool)
    {
        for (var i = from; i < Count; i++)
        {
            if (_texts[i].Source == TextSource.Arguments)
                _texts[i] = _texts[i] with { Tool = tool };
        }
    }

    public IEnumerator<GuardedText> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
            yield return _texts[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public void Dispose()
    {
        if (_texts.Length == 0)
            return;
        ArrayPool<GuardedText>.Shared.Return(_texts, clearArray: true);
        ArrayPool<TextPlace>.Shared.Return(_places);
        if (_decoded is not null)
            ArrayPool<byte>.Shared.Return(_decoded);
        (_texts, _places, _decoded, Count) = ([], [], null, 0);
    }

    private static int Decode(ReadOnlySpan<byte> raw, Span<byte> text, TextForm form)
    {
        if (form == TextForm.RawValue)
            return JsonEscape.Decode(raw, text, EscapeReading.Letters);
        var length = JsonEscape.Decode(raw, text);
        return form == TextForm.JsonString ? JsonEscape.Decode(text[..length], text, EscapeReading.Letters) : length;
    }

    private static void Grow<T>(ref T[] items)
    {
        var larger = ArrayPool<T>.Shared.Rent(items.Length * 2);
        items.CopyTo(larger, 0);
        ArrayPool<T>.Shared.Return(items, clearArray: true);
        items = larger;
    }
}
