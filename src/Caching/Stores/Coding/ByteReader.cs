using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;

namespace Gateway.Caching.Stores.Coding;

/// <summary>Reads what <see cref="ByteWriter"/> wrote. What is cut short or impossible yields empty values and <see cref="IsBroken"/>, never an exception.</summary>
internal ref struct ByteReader(ReadOnlySpan<byte> source)
{
    private ReadOnlySpan<byte> _rest = source;

    /// <summary>Whether something was not as it is written.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>What is not read yet.</summary>
    public readonly ReadOnlySpan<byte> Rest => _rest;

    public byte Byte() => Raw(1) is [var value] ? value : (byte)0;

    public int Number()
    {
        var value = 0L;
        for (var shift = 0; shift < 35; shift += 7)
        {
            var part = Byte();
            value |= (long)(part & 0x7F) << shift;
            if (part <= 0x7F)
                return (int)value;
        }

        return Break();
    }

    public DateTimeOffset Moment()
    {
        var ticks = Raw(sizeof(long)) is { IsEmpty: false } raw ? BinaryPrimitives.ReadInt64LittleEndian(raw) : 0;
        if (ticks < 0 || ticks > DateTimeOffset.MaxValue.UtcTicks)
            ticks = Break();
        return new DateTimeOffset(ticks, TimeSpan.Zero);
    }

    public float Single() => Raw(sizeof(float)) is { IsEmpty: false } raw ? BinaryPrimitives.ReadSingleLittleEndian(raw) : 0;

    public CacheKey Key() => Raw(CacheKey.Size) is { IsEmpty: false } raw ? new CacheKey(raw) : default;

    /// <summary>That many bytes; none when there are not so many.</summary>
    public ReadOnlySpan<byte> Raw(int length)
    {
        if (length < 0 || length > _rest.Length)
        {
            Break();
            return default;
        }

        var value = _rest[..length];
        _rest = _rest[length..];
        return value;
    }

    public ReadOnlySpan<byte> Bytes() => Raw(Number());

    public string Text() => Encoding.UTF8.GetString(Bytes());

    public EntryFacts Facts()
    {
        var (storedAt, expiresAt, owner, model) = (Moment(), Moment(), Text(), Text());
        var count = Number();
        // A tag takes a byte at the least: a number of tags beyond that is none.
        if (count < 0 || count > _rest.Length)
            count = Break();
        var tags = ImmutableArray.CreateBuilder<string>(count);
        for (var i = 0; i < count && !IsBroken; i++)
            tags.Add(Text());
        return new EntryFacts(owner, model, tags.ToImmutable(), storedAt, expiresAt);
    }

    private int Break()
    {
        IsBroken = true;
        _rest = default;
        return 0;
    }
}
