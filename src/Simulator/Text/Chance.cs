namespace Gateway.Simulator.Text;

/// <summary>Chance that is a function of its inputs: the same on every replica, in every run.</summary>
internal static class Chance
{
    /// <summary>A hash of bytes; not for security.</summary>
    public static ulong Hash(ReadOnlySpan<byte> bytes, ulong seed)
    {
        var hash = Mix(seed + (ulong)bytes.Length);
        for (; bytes.Length >= 8; bytes = bytes[8..]) hash = Step(hash, BitConverter.ToUInt64(bytes));
        ulong rest = 0;
        for (var i = 0; i < bytes.Length; i++) rest = rest << 8 | bytes[i];
        return Mix(Step(hash, rest));
    }

    /// <summary>One multiply and one rotate per eight bytes; <see cref="Mix"/> spreads the result.</summary>
    public static ulong Step(ulong hash, ulong value) => ulong.RotateLeft(hash ^ value, 29) * 0x9E3779B97F4A7C15;

    /// <summary>The finalizer of SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014).</summary>
    public static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ value >> 30) * 0xBF58476D1CE4E5B9;
        value = (value ^ value >> 27) * 0x94D049BB133111EB;
        return value ^ value >> 31;
    }

    /// <summary>A number in [0, 1) for the <paramref name="index"/>-th draw under a key.</summary>
    public static double Unit(ulong key, int index) => (Mix(key ^ (ulong)index * 0xD1B54A32D192ED03) >> 11) * (1.0 / (1UL << 53));
}
