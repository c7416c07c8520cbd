using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Gateway.Simulator.Text;

/// <summary>A growing UTF-8 text in a rented buffer.</summary>
internal sealed class PooledText(int capacity) : IDisposable
{
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(capacity);

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Memory => _bytes.AsMemory(0, Length);

    public ReadOnlySpan<byte> Span => _bytes.AsSpan(0, Length);

    public void Append(ReadOnlySpan<byte> text)
    {
        Reserve(text.Length);
        text.CopyTo(_bytes.AsSpan(Length));
        Length += text.Length;
    }

    /// <summary>Appends a JSON string's text; copies it as it stands when nothing in it is escaped.</summary>
    public void Append(JsonElement text)
    {
        var raw = JsonMarshal.GetRawUtf8Value(text)[1..^1];
        if (raw.Contains((byte)'\\')) Append(Encoding.UTF8.GetBytes(text.GetString()!));
        else Append(raw);
    }

    /// <summary>Appends a JSON value as it is written.</summary>
    public void AppendRaw(JsonElement value) => Append(JsonMarshal.GetRawUtf8Value(value));

    /// <summary>Drops spaces, tabs and newlines at the end, down to <paramref name="start"/>.</summary>
    public void TrimEnd(int start)
    {
        while (Length > start && _bytes[Length - 1] is (byte)' ' or (byte)'\n' or (byte)'\t') Length--;
    }

    public void Dispose()
    {
        var bytes = _bytes;
        _bytes = [];
        Length = 0;
        if (bytes.Length > 0) ArrayPool<byte>.Shared.Return(bytes);
    }

    private void Reserve(int more)
    {
        if (Length + more <= _bytes.Length) return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_bytes.Length * 2, Length + more));
        Span.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
