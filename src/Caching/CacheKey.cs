using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Gateway.Caching;

/// <summary>A full SHA-256 digest: of everything a request asks (an exact key), or of everything but its last ask (a scope).</summary>
public readonly struct CacheKey : IEquatable<CacheKey>
{
    /// <summary>Its length in bytes.</summary>
    public const int Size = SHA256.HashSizeInBytes;

    private readonly ulong _a;
    private readonly ulong _b;
    private readonly ulong _c;
    private readonly ulong _d;

    /// <param name="digest">The <see cref="Size"/> bytes of a digest.</param>
    public CacheKey(ReadOnlySpan<byte> digest)
    {
        if (digest.Length != Size)
            throw new ArgumentException($"A key has {Size} bytes, not {digest.Length}.", nameof(digest));
        _a = BinaryPrimitives.ReadUInt64BigEndian(digest);
        _b = BinaryPrimitives.ReadUInt64BigEndian(digest[8..]);
        _c = BinaryPrimitives.ReadUInt64BigEndian(digest[16..]);
        _d = BinaryPrimitives.ReadUInt64BigEndian(digest[24..]);
    }

    /// <summary>The key of some bytes.</summary>
    public static CacheKey Of(ReadOnlySpan<byte> content)
    {
        Span<byte> digest = stackalloc byte[Size];
        SHA256.HashData(content, digest);
        return new CacheKey(digest);
    }

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static bool TryParse(ReadOnlySpan<char> hex, out CacheKey key)
    {
        Span<byte> digest = stackalloc byte[Size];
        var isWhole = hex.Length == 2 * Size
            && Convert.FromHexString(hex, digest, out _, out var written) == System.Buffers.OperationStatus.Done && written == Size;
        key = isWhole ? new CacheKey(digest) : default;
        return isWhole;
    }

    /// <summary>Writes its <see cref="Size"/> bytes.</summary>
    public void CopyTo(Span<byte> digest)
    {
        BinaryPrimitives.WriteUInt64BigEndian(digest, _a);
        BinaryPrimitives.WriteUInt64BigEndian(digest[8..], _b);
        BinaryPrimitives.WriteUInt64BigEndian(digest[16..], _c);
        BinaryPrimitives.WriteUInt64BigEndian(digest[24..], _d);
    }

    public bool Equals(CacheKey other) => _a == other._a && _b == other._b && _c == other._c && _d == other._d;

    public override bool Equals([NotNullWhen(true)] object? obj) => obj is CacheKey other && Equals(other);

    // A digest's bits are as good as any hash of them.
    public override int GetHashCode() => (int)_a;

    /// <summary>Its 64 lower-case hexadecimal digits.</summary>
    public override string ToString() => $"{_a:x16}{_b:x16}{_c:x16}{_d:x16}";

    public static bool operator ==(CacheKey left, CacheKey right) => left.Equals(right);

    public static bool operator !=(CacheKey left, CacheKey right) => !left.Equals(right);
}
