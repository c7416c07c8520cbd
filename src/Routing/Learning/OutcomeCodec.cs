using System.Buffers.Binary;

namespace Gateway.Routing.Learning;

/// <summary>Outcomes as bytes, for the log that is the source of truth of everything learned.</summary>
/// <remarks>
/// <code>format u8 | kind u8 | flags u8 | request u64 | at i64 | version u32 | artefact u32 | small f32 | large f32 | sketch</code>
/// A log may hold entries of an older or newer gateway: what cannot be read is passed over.
/// </remarks>
public static class OutcomeCodec
{
    private const byte Format = 1;
    private const int Head = 35;

    public static byte[] Write(Outcome outcome)
    {
        var bytes = new byte[Head + outcome.Sketch.Bytes.Length];
        bytes[0] = Format;
        bytes[1] = (byte)outcome.Kind;
        bytes[2] = outcome.IsLarge ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(3), outcome.Request);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(11), outcome.At);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(19), outcome.Version);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(23), outcome.Artefact);
        BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(27), outcome.Small ?? float.NaN);
        BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(31), outcome.Large ?? float.NaN);
        outcome.Sketch.Bytes.CopyTo(bytes.AsSpan(Head));
        return bytes;
    }

    /// <returns>The outcome; null when the bytes are none of this format.</returns>
    public static Outcome? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Head || bytes[0] != Format || Sketch.Read(bytes[Head..]) is not { } sketch)
            return null;
        return new Outcome
        {
            Kind = (OutcomeKind)bytes[1],
            IsLarge = (bytes[2] & 1) != 0,
            Request = BinaryPrimitives.ReadUInt64LittleEndian(bytes[3..]),
            At = BinaryPrimitives.ReadInt64LittleEndian(bytes[11..]),
            Version = BinaryPrimitives.ReadUInt32LittleEndian(bytes[19..]),
            Artefact = BinaryPrimitives.ReadUInt32LittleEndian(bytes[23..]),
            Small = ScoreIn(bytes[27..]),
            Large = ScoreIn(bytes[31..]),
            Sketch = sketch,
        };
    }

    private static float? ScoreIn(ReadOnlySpan<byte> bytes) =>
        BinaryPrimitives.ReadSingleLittleEndian(bytes) is var score && float.IsNaN(score) ? null : Math.Clamp(score, 0, 1);
}
