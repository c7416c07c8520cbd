using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Gateway.Caching.Stores.Coding;

/// <summary>Writes numbers, texts and bytes one after the other; <see cref="ByteReader"/> reads them back.</summary>
internal readonly struct ByteWriter(IBufferWriter<byte> target)
{
    private const int LongestNumber = 5;

    /// <summary>A byte.</summary>
    public void Byte(byte value)
    {
        target.GetSpan(1)[0] = value;
        target.Advance(1);
    }

    /// <summary>A number of seven bits a byte, lowest first.</summary>
    public void Number(int value)
    {
        var span = target.GetSpan(LongestNumber);
        var (rest, length) = ((uint)value, 0);
        for (; rest > 0x7F; rest >>= 7)
            span[length++] = (byte)(rest | 0x80);
        span[length++] = (byte)rest;
        target.Advance(length);
    }

    /// <summary>A moment, to the tick.</summary>
    public void Moment(DateTimeOffset value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(target.GetSpan(sizeof(long)), value.UtcTicks);
        target.Advance(sizeof(long));
    }

    public void Single(float value)
    {
        BinaryPrimitives.WriteSingleLittleEndian(target.GetSpan(sizeof(float)), value);
        target.Advance(sizeof(float));
    }

    public void Key(CacheKey value)
    {
        value.CopyTo(target.GetSpan(CacheKey.Size));
        target.Advance(CacheKey.Size);
    }

    /// <summary>Bytes whose number the reader knows.</summary>
    public void Raw(ReadOnlySpan<byte> value) => target.Write(value);

    /// <summary>Bytes, after their number.</summary>
    public void Bytes(ReadOnlySpan<byte> value)
    {
        Number(value.Length);
        target.Write(value);
    }

    /// <summary>A text in UTF-8, after its length in bytes.</summary>
    public void Text(string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        Number(length);
        Encoding.UTF8.GetBytes(value, target.GetSpan(length));
        target.Advance(length);
    }

    public void Facts(EntryFacts facts)
    {
        Moment(facts.StoredAt);
        Moment(facts.ExpiresAt);
        Text(facts.Owner);
        Text(facts.Model);
        Number(facts.Tags.Length);
        foreach (var tag in facts.Tags)
            Text(tag);
    }
}
