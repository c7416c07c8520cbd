using System.Buffers.Binary;
using Gateway.Routing.Complexity.Features;

namespace Gateway.Routing.Learning;

/// <summary>A prompt's features in a few hundred bytes: what the default scored, its dense statistics, and folded word grams.</summary>
/// <remarks>
/// Words and word pairs are hashed to <see cref="Buckets"/> buckets with a sign, as many words of a language to each bucket, so a
/// sketch says what kind of prompt it was and not what it said. Beyond <see cref="MostPairs"/> grams those are kept whose hash is
/// smallest: the same word is kept or dropped in every prompt alike.
/// <code>score f32 | norm f32 | pairs u16 | dense u8 | pairs × (bucket and sign u16, count u8) | dense × f16</code>
/// </remarks>
public sealed class Sketch
{
    /// <summary>Buckets that the word grams are folded to.</summary>
    public const int Buckets = 1 << 12;

    /// <summary>Grams kept of one prompt.</summary>
    public const int MostPairs = 256;


    /// <summary>Bytes of the largest sketch.</summary>
    public const int MostBytes = Head + (MostPairs * PairBytes) + (DenseVector.Size * 2);

    /// <summary>Spreads the buckets of grams over 32 bits, so that "smallest" means any of them alike: 2^32 over the golden ratio.</summary>
    private const uint Spread = 2654435769;

    internal const int Head = 11;
    internal const int PairBytes = 3;

    private readonly byte[] _bytes;

    private Sketch(byte[] bytes) => _bytes = bytes;

    /// <summary>What the default weights alone said: higher is for the large pool.</summary>
    public float Score => BinaryPrimitives.ReadSingleLittleEndian(_bytes);

    /// <summary>Length of the vector of all word grams, those included that were not kept.</summary>
    public float Norm => BinaryPrimitives.ReadSingleLittleEndian(_bytes.AsSpan(4));

    public int Pairs => BinaryPrimitives.ReadUInt16LittleEndian(_bytes.AsSpan(8));

    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>The sketch in these bytes, copied; null when they are none.</summary>
    public static Sketch? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Head)
            return null;
        var pairs = BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..]);
        var length = Head + (pairs * PairBytes) + (bytes[10] * 2);
        if (pairs > MostPairs || bytes[10] != DenseVector.Size || bytes.Length != length)
            return null;
        for (var i = 0; i < pairs; i++)
        {
            if ((BinaryPrimitives.ReadUInt16LittleEndian(bytes[(Head + (i * PairBytes))..]) & ~FoldedGram.Mask) != 0)
                return null;
        }

        return new Sketch(bytes.ToArray());
    }

    /// <summary>Writes a prompt's sketch; allocates nothing.</summary>
    /// <param name="into">At least <see cref="MostBytes"/> bytes.</param>
    /// <param name="score">What the default weights alone said.</param>
    /// <param name="features">The prompt's features.</param>
    /// <returns>How many bytes were written.</returns>
    public static int Write(Span<byte> into, float score, in PromptFeatures features)
    {
        var (words, squares) = (0, 0f);
        foreach (var gram in features.Grams)
        {
            if (gram.Gram >= Grams.Block)
                continue;
            var value = FoldedGram.Weigh(gram.Count);
            squares += value * value;
            words++;
        }

        var below = words <= MostPairs ? uint.MaxValue : (uint)((ulong)uint.MaxValue * MostPairs / (ulong)words);
        var (pairs, at) = (0, Head);
        foreach (var gram in features.Grams)
        {
            if (gram.Gram >= Grams.Block || (uint)gram.Gram * Spread > below || pairs == MostPairs)
                continue;
            BinaryPrimitives.WriteUInt16LittleEndian(into[at..], FoldedGram.Of(gram.Gram).Bits);
            into[at + 2] = (byte)int.Min(gram.Count, byte.MaxValue);
            at += PairBytes;
            pairs++;
        }

        for (var i = 0; i < DenseVector.Size; i++, at += 2)
            BinaryPrimitives.WriteHalfLittleEndian(into[at..], (Half)features.Dense[i]);
        BinaryPrimitives.WriteSingleLittleEndian(into, score);
        BinaryPrimitives.WriteSingleLittleEndian(into[4..], MathF.Sqrt(squares));
        BinaryPrimitives.WriteUInt16LittleEndian(into[8..], (ushort)pairs);
        into[10] = DenseVector.Size;
        return at;
    }

    /// <summary>A gram of the prompt: its bucket, and its value with sign.</summary>
    public (int Bucket, float Value) Pair(int index)
    {
        var at = _bytes.AsSpan(Head + (index * PairBytes));
        var gram = new FoldedGram(BinaryPrimitives.ReadUInt16LittleEndian(at));
        return (gram.Bucket, gram.Sign * FoldedGram.Weigh(at[2]) / Norm);
    }

    public float Dense(int index) =>
        (float)BinaryPrimitives.ReadHalfLittleEndian(_bytes.AsSpan(Head + (Pairs * PairBytes) + (index * 2)));
}
