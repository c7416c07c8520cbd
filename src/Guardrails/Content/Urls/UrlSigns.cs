using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Gateway.Guardrails.Content.Urls;

/// <summary>Finds the pairs of bytes without which there is no address: <c>:/</c>, <c>//</c>, <c>ww</c>, and the ends of the schemes that need no slash.</summary>
internal static class UrlSigns
{
    /// <summary>The first place from one on where such a pair begins; -1 when there is none.</summary>
    public static int Next(ReadOnlySpan<byte> text, int from)
    {
        ref var start = ref MemoryMarshal.GetReference(text);
        if (Vector256.IsHardwareAccelerated)
        {
            // One byte more than the vector's is read, for the second of the last pair.
            for (; from + Vector256<byte>.Count < text.Length; from += Vector256<byte>.Count)
            {
                var first = Vector256.LoadUnsafe(ref start, (nuint)from);
                var second = Vector256.LoadUnsafe(ref start, (nuint)from + 1);
                var signs = Signs(first, second).ExtractMostSignificantBits();
                if (signs != 0)
                    return from + BitOperations.TrailingZeroCount(signs);
            }
        }

        for (; from + 1 < text.Length; from++)
        {
            if (IsSign(text[from], text[from + 1]))
                return from;
        }

        return -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Signs(Vector256<byte> first, Vector256<byte> second)
    {
        var lower = first | Vector256.Create((byte)0x20);
        var colon = Vector256.Create((byte)':');
        var beforeSlash = Vector256.Equals(first, colon) | Slashes(first);
        var endsScheme = Vector256.Equals(lower, Vector256.Create((byte)'t')) | Vector256.Equals(lower, Vector256.Create((byte)'a'))
            | Vector256.Equals(lower, Vector256.Create((byte)'p')) | Vector256.Equals(lower, Vector256.Create((byte)'s'));
        var w = Vector256.Create((byte)'w');
        return (beforeSlash & Slashes(second))
            | (endsScheme & Vector256.Equals(second, colon))
            | (Vector256.Equals(lower, w) & Vector256.Equals(second | Vector256.Create((byte)0x20), w));
    }

    private static Vector256<byte> Slashes(Vector256<byte> bytes) =>
        Vector256.Equals(bytes, Vector256.Create((byte)'/')) | Vector256.Equals(bytes, Vector256.Create((byte)'\\'));

    private static bool IsSign(byte first, byte second) =>
        second is (byte)'/' or (byte)'\\' ? first is (byte)':' or (byte)'/' or (byte)'\\'
        : second == ':' ? (first | 0x20) is 't' or 'a' or 'p' or 's'
        : (first | 0x20) == 'w' && (second | 0x20) == 'w';
}
