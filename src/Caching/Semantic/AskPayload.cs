using System.Buffers.Binary;
using System.Text;

namespace Gateway.Caching.Semantic;

/// <summary>What an index keeps of an ask: its text, to be compared, and its vector by the embedder that confirms.</summary>
/// <remarks>
/// <code>format u8 | text length u16 | text UTF-8 | version length u8 | version UTF-8 | dimensions u16 | step f32 | dimensions × i8</code>
/// A vector of 384 numbers takes 384 bytes; the cosine of two of them is off by less than 0.003.
/// </remarks>
/// <param name="Text">The ask.</param>
/// <param name="Version">Version of the embedder that made the vector; empty when there is none.</param>
/// <param name="Vector">The vector.</param>
internal readonly record struct AskPayload(string Text, string Version, QuantisedVector Vector)
{
    private const byte Format = 1;
    private const int Fixed = 1 + 2 + 1 + 2 + 4;

    public byte[] Write()
    {
        var (text, version) = (Encoding.UTF8.GetBytes(Text), Encoding.UTF8.GetBytes(Version));
        if (text.Length > ushort.MaxValue || version.Length > byte.MaxValue)
            throw new ArgumentException("An ask's text or the name of an embedder's version is too long to be kept.");
        var bytes = new byte[Fixed + text.Length + version.Length + Vector.Values.Length];
        var rest = bytes.AsSpan();
        rest[0] = Format;
        BinaryPrimitives.WriteUInt16LittleEndian(rest[1..], (ushort)text.Length);
        text.CopyTo(rest[3..]);
        rest = rest[(3 + text.Length)..];
        rest[0] = (byte)version.Length;
        version.CopyTo(rest[1..]);
        rest = rest[(1 + version.Length)..];
        BinaryPrimitives.WriteUInt16LittleEndian(rest, (ushort)Vector.Values.Length);
        BinaryPrimitives.WriteSingleLittleEndian(rest[2..], Vector.Step);
        System.Runtime.InteropServices.MemoryMarshal.AsBytes(Vector.Values.Span).CopyTo(rest[6..]);
        return bytes;
    }

    /// <returns>Null when the bytes are none of this format: another version of the gateway wrote them, or nobody did.</returns>
    public static AskPayload? Read(ReadOnlyMemory<byte> bytes)
    {
        var span = bytes.Span;
        if (span.Length < Fixed || span[0] != Format)
            return null;
        var text = BinaryPrimitives.ReadUInt16LittleEndian(span[1..]);
        if (span.Length < Fixed + text)
            return null;
        var version = span[3 + text];
        if (span.Length < Fixed + text + version)
            return null;
        var rest = span[(4 + text + version)..];
        var dimensions = BinaryPrimitives.ReadUInt16LittleEndian(rest);
        if (rest.Length != 6 + dimensions)
            return null;
        var values = new sbyte[dimensions];
        System.Runtime.InteropServices.MemoryMarshal.Cast<byte, sbyte>(rest[6..]).CopyTo(values);
        var vector = new QuantisedVector(values, BinaryPrimitives.ReadSingleLittleEndian(rest[2..]));
        return new AskPayload(Encoding.UTF8.GetString(span.Slice(3, text)), Encoding.UTF8.GetString(span.Slice(4 + text, version)), vector);
    }
}
