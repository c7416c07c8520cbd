using System.Runtime.CompilerServices;

namespace Gateway.Routing.Learning;

/// <summary>A word gram folded to one of <see cref="Sketch.Buckets"/> buckets, with a sign so that collisions cancel on average.</summary>
/// <remarks>Signed hashing after Weinberger et al., "Feature Hashing for Large Scale Multitask Learning", 2009.</remarks>
public readonly struct FoldedGram(ushort bits)
{
    /// <summary>The bits that a folded gram may have: its bucket's and, above them, its sign.</summary>
    internal const int Mask = (2 * Sketch.Buckets) - 1;

    private const int LogTable = 64;

    private static readonly float[] Logarithms = [0, .. Enumerable.Range(1, LogTable - 1).Select(count => 1 + MathF.Log(count))];

    public ushort Bits { get; } = bits;

    public int Bucket => Bits & (Sketch.Buckets - 1);

    public int Sign => (Bits & Sketch.Buckets) == 0 ? 1 : -1;

    /// <param name="gram">A hash that is spread over at least 16 bits.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FoldedGram Of(int gram) => new((ushort)(gram & Mask));

    /// <summary>A gram's value for how often it occurs: 1 + ln(count).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Weigh(int count) => count < LogTable ? Logarithms[count] : 1 + MathF.Log(count);
}
