namespace Gateway.Load.Tests.Wire;

/// <summary>Ways of cutting bytes into pieces.</summary>
internal static class Cuts
{
    /// <summary>Every way of cutting once, and into single bytes.</summary>
    public static IEnumerable<byte[][]> Of(byte[] bytes)
    {
        yield return [bytes];
        yield return [.. bytes.Select(b => (byte[])[b])];
        for (var i = 1; i < bytes.Length; i++)
        {
            yield return [bytes[..i], bytes[i..]];
        }
    }

    /// <summary>Cuts after the given numbers of bytes, over and over.</summary>
    public static IEnumerable<byte[]> Of(byte[] bytes, int[] lengths)
    {
        for (var (at, i) = (0, 0); at < bytes.Length; i++)
        {
            var length = Math.Min(lengths[i % lengths.Length], bytes.Length - at);
            yield return bytes[at..(at + length)];
            at += length;
        }
    }
}
