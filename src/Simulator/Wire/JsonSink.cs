using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Gateway.Simulator.Wire;

/// <summary>Writes JSON as vLLM spells it: UTF-8 as it is, escapes only where JSON needs them. <see cref="Commit"/> hands the bytes over.</summary>
internal ref struct JsonSink(IBufferWriter<byte> output)
{
    private static readonly SearchValues<byte> Escaped = SearchValues.Create([.. Enumerable.Range(0, 32).Select(i => (byte)i), (byte)'"', (byte)'\\']);

    private Span<byte> _span = [];
    private int _used = 0;

    public void Raw(scoped ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_span[_used..]);
        _used += bytes.Length;
    }

    /// <summary>The inside of a JSON string.</summary>
    public void Text(scoped ReadOnlySpan<byte> utf8)
    {
        for (int at; (at = utf8.IndexOfAny(Escaped)) >= 0; utf8 = utf8[(at + 1)..])
        {
            Raw(utf8[..at]);
            Escape(utf8[at]);
        }
        Raw(utf8);
    }

    /// <summary>A whole JSON string.</summary>
    public void Quoted(scoped ReadOnlySpan<byte> utf8)
    {
        Raw("\""u8);
        Text(utf8);
        Raw("\""u8);
    }

    /// <summary>A whole JSON string, or null.</summary>
    public void Quoted(string? text)
    {
        if (text is null) Raw("null"u8);
        else Quoted(Encoding.UTF8.GetBytes(text));
    }

    public void Number(long value)
    {
        Reserve(20);
        Utf8Formatter.TryFormat(value, _span[_used..], out var written);
        _used += written;
    }

    /// <summary>A number with a fraction; always with a digit behind the point, as Python prints a float.</summary>
    public void Real(double value)
    {
        Reserve(32);
        value.TryFormat(_span[_used..], out var written, "0.0###############");
        _used += written;
    }

    public void Bool(bool value) => Raw(value ? "true"u8 : "false"u8);

    public void Numbers(scoped ReadOnlySpan<int> values)
    {
        Raw("["u8);
        for (var i = 0; i < values.Length; i++)
        {
            if (i > 0) Raw(","u8);
            Number(values[i]);
        }
        Raw("]"u8);
    }

    public void Commit()
    {
        if (_used > 0) output.Advance(_used);
        _used = 0;
        _span = [];
    }

    private void Escape(byte value)
    {
        switch (value)
        {
            case (byte)'"': Raw("\\\""u8); break;
            case (byte)'\\': Raw("\\\\"u8); break;
            case (byte)'\n': Raw("\\n"u8); break;
            case (byte)'\r': Raw("\\r"u8); break;
            case (byte)'\t': Raw("\\t"u8); break;
            case (byte)'\b': Raw("\\b"u8); break;
            case (byte)'\f': Raw("\\f"u8); break;
            default:
                Raw("\\u00"u8);
                Raw([Hex(value >> 4), Hex(value & 15)]);
                break;
        }
    }

    private static byte Hex(int digit) => (byte)(digit < 10 ? '0' + digit : 'a' + digit - 10);

    private void Reserve(int more)
    {
        if (_span.Length - _used >= more) return;
        Commit();
        _span = output.GetSpan(Math.Max(more, 512));
    }
}
