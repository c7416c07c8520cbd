using System.Text;

namespace Gateway.Caching.Semantic.Bounds;

/// <summary>What bars were learned from, as bytes: some 450 a class, for the state store.</summary>
/// <remarks>
/// <code>format u8 | classes i32 | each: model string | form u8 | length u8 | faded at i64 | wariness f64 | right i64 | wrong i64 | 51 × f32 | 51 × f32</code>
/// </remarks>
internal static class BarSnapshot
{
    private const byte Format = 1;
    private const int MostClasses = 100_000, LeastBytes = 1 + 2 + 8 + 8 + 8 + 8 + (VerdictCounts.Bins * 8);

    public static byte[] Write(IReadOnlyList<ClassMemory> memories)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        writer.Write(Format);
        writer.Write(memories.Count);
        foreach (var memory in memories)
        {
            writer.Write(memory.Class.Model);
            writer.Write((byte)memory.Class.Form);
            writer.Write((byte)memory.Class.Length);
            writer.Write(memory.FadedAt.UtcTicks);
            writer.Write(memory.Wariness);
            writer.Write(memory.RightEver);
            writer.Write(memory.WrongEver);
            foreach (var count in memory.Right)
                writer.Write(count);
            foreach (var count in memory.Wrong)
                writer.Write(count);
        }

        writer.Flush();
        return bytes.ToArray();
    }

    /// <returns>Null when the bytes are not whole, or of another format.</returns>
    public static IReadOnlyList<ClassMemory>? Read(ReadOnlySpan<byte> from)
    {
        if (from.Length < 5 || from[0] != Format)
            return null;
        using var reader = new BinaryReader(new MemoryStream(from[1..].ToArray()), Encoding.UTF8);
        try
        {
            var count = reader.ReadInt32();
            if (count is < 0 or > MostClasses || count > from.Length / LeastBytes)
                return null;
            var memories = new ClassMemory[count];
            for (var i = 0; i < count; i++)
            {
                if (ReadClass(reader) is not { } memory)
                    return null;
                memories[i] = memory;
            }

            return reader.BaseStream.Position == reader.BaseStream.Length ? memories : null;
        }
        catch (Exception e) when (e is EndOfStreamException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    private static ClassMemory? ReadClass(BinaryReader reader)
    {
        var asks = new AskClass(reader.ReadString(), (AskForm)reader.ReadByte(), (AskLength)reader.ReadByte());
        var fadedAt = new DateTimeOffset(reader.ReadInt64(), TimeSpan.Zero);
        var (wariness, right, wrong) = (reader.ReadDouble(), reader.ReadInt64(), reader.ReadInt64());
        var (rights, wrongs) = (ReadCounts(reader), ReadCounts(reader));
        var isSane = Enum.IsDefined(asks.Form) && Enum.IsDefined(asks.Length) && wariness is >= 0 and < 1e6
            && rights.Concat(wrongs).All(count => count is >= 0 and < 1e9f);
        return isSane ? new ClassMemory(asks, rights, wrongs, fadedAt, wariness, right, wrong) : null;
    }

    private static float[] ReadCounts(BinaryReader reader)
    {
        var counts = new float[VerdictCounts.Bins];
        for (var bin = 0; bin < counts.Length; bin++)
            counts[bin] = reader.ReadSingle();
        return counts;
    }
}

/// <summary>What a class has learned.</summary>
/// <param name="Class">The class.</param>
/// <param name="Right">Right verdicts by similarity.</param>
/// <param name="Wrong">Wrong verdicts by similarity.</param>
/// <param name="FadedAt">As of when.</param>
/// <param name="Wariness">How wary it is.</param>
/// <param name="RightEver">Right verdicts, ever.</param>
/// <param name="WrongEver">Wrong verdicts, ever.</param>
internal sealed record ClassMemory(
    AskClass Class, float[] Right, float[] Wrong, DateTimeOffset FadedAt, double Wariness, long RightEver, long WrongEver);
