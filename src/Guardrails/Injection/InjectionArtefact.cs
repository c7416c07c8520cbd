using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Gateway.Guardrails.Injection;

/// <summary>What was learned: two classifiers, a gate before them, and the scores that keep false-positive rates.</summary>
/// <remarks>
/// The form, all little-endian: <c>GWIJ</c>, the version (u16), bits of the gate's table and of the classifiers' (u8 each); then the gate, the
/// classifier of direct and that of indirect attacks, each as seven intercepts and a scale (f32), a number of levels (u8), so many pairs of rate
/// and score (f32), and the weights (i8); at last FNV-1a of all before it (u32). <c>bench/Guardrails</c> writes it.
/// </remarks>
/// <param name="Gate">Over words alone; says which windows the others look at. Its one level holds the score that opens it.</param>
/// <param name="Direct">For what users say.</param>
/// <param name="Indirect">For what tools return and users quote.</param>
public sealed record InjectionArtefact(LinearHead Gate, LinearHead Direct, LinearHead Indirect)
{
    /// <summary>The one version of the form that is known.</summary>
    public const int Version = 1;

    private const string Resource = "Gateway.Guardrails.Injection.injection.artefact";
    private const int HeaderLength = 8;
    private const int MostBits = 22;

    /// <summary>The one that comes with the gateway.</summary>
    public static InjectionArtefact Default => Shipped.Value;

    private static readonly Lazy<InjectionArtefact> Shipped = new(LoadDefault);

    /// <summary>Reads an artefact.</summary>
    /// <exception cref="InvalidDataException">It is none, or is damaged, or of another version.</exception>
    public static InjectionArtefact Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderLength + sizeof(uint) || !bytes.StartsWith("GWIJ"u8))
            throw new InvalidDataException("The bytes are no artefact of the injection guard: they do not begin with GWIJ.");
        if (BinaryPrimitives.ReadUInt16LittleEndian(bytes[4..]) is var version && version != Version)
            throw new InvalidDataException($"The injection artefact has version {version}; this gateway reads version {Version}.");
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[^4..]) != Checksum(bytes[..^4]))
            throw new InvalidDataException("The injection artefact is damaged: its checksum is another one.");
        var (gateBits, bits) = (bytes[6], bytes[7]);
        if (gateBits is < 4 or > MostBits || bits is < 4 or > MostBits)
            throw new InvalidDataException($"The injection artefact has tables of {gateBits} and {bits} bits; between 4 and {MostBits} are possible.");
        var rest = bytes[HeaderLength..^4];
        var artefact = new InjectionArtefact(ReadHead(ref rest, gateBits), ReadHead(ref rest, bits), ReadHead(ref rest, bits));
        return rest.IsEmpty ? artefact : throw new InvalidDataException($"The injection artefact has {rest.Length} bytes too many.");
    }

    /// <summary>The artefact as bytes.</summary>
    public byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write("GWIJ"u8);
        writer.Write((ushort)Version);
        writer.Write((byte)BitsOf(Gate));
        writer.Write((byte)BitsOf(Direct));
        foreach (var head in (ReadOnlySpan<LinearHead>)[Gate, Direct, Indirect])
        {
            foreach (var intercept in head.Intercepts)
                writer.Write(intercept);
            writer.Write(head.Scale);
            writer.Write((byte)head.Levels.Length);
            foreach (var (rate, score) in head.Levels)
            {
                writer.Write(rate);
                writer.Write(score);
            }

            writer.Write(MemoryMarshal.AsBytes<sbyte>(head.Weights));
        }

        writer.Write(Checksum(stream.ToArray()));
        return stream.ToArray();
    }

    private static int BitsOf(LinearHead head) => System.Numerics.BitOperations.Log2((uint)head.Weights.Length);

    private static LinearHead ReadHead(ref ReadOnlySpan<byte> rest, int bits)
    {
        var intercepts = new float[WindowShape.Sizes];
        for (var i = 0; i < intercepts.Length; i++)
            intercepts[i] = ReadNumber(ref rest);
        var scale = ReadNumber(ref rest);
        var levels = new FalsePositiveLevel[Take(ref rest, 1)[0]];
        for (var i = 0; i < levels.Length; i++)
        {
            levels[i] = new FalsePositiveLevel(ReadNumber(ref rest), ReadNumber(ref rest));
            if (levels[i].Rate is <= 0 or >= 1 || (i > 0 && (levels[i].Rate <= levels[i - 1].Rate || levels[i].Score > levels[i - 1].Score)))
                throw new InvalidDataException("The injection artefact has levels whose rates do not rise or whose scores do.");
        }

        if (levels.Length == 0)
            throw new InvalidDataException("The injection artefact has a model without levels.");
        return new LinearHead(intercepts, scale, MemoryMarshal.Cast<byte, sbyte>(Take(ref rest, 1 << bits)).ToArray(), levels);
    }

    private static float ReadNumber(ref ReadOnlySpan<byte> rest) =>
        BinaryPrimitives.ReadSingleLittleEndian(Take(ref rest, sizeof(float))) is var number && float.IsFinite(number) ? number
        : throw new InvalidDataException("The injection artefact holds a number that is none.");

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> rest, int count)
    {
        if (rest.Length < count)
            throw new InvalidDataException($"The injection artefact is cut off: {count - rest.Length} bytes are missing.");
        var taken = rest[..count];
        rest = rest[count..];
        return taken;
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var hash = 2166136261u;
        foreach (var b in bytes)
            hash = (hash ^ b) * 16777619;
        return hash;
    }

    private static InjectionArtefact LoadDefault()
    {
        using var stream = typeof(InjectionArtefact).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidDataException($"The assembly has no resource {Resource}.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return Read(bytes);
    }
}
