using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Gateway.Routing.Complexity.Features;

namespace Gateway.Routing.Complexity;

/// <summary>An artefact as a file.</summary>
/// <remarks>
/// Little-endian: magic "GWSCORER", version, number of statistics; the space (step of rarity, rarity bytes, means, deviations); the
/// weights (steps of both blocks, bytes, one dense vector a form); the scale; the quantiles; the card's length and UTF-8. A SHA-256 of all
/// that closes the file. Statistics are known by their place alone, so a change of their list changes the version.
/// </remarks>
public static class ArtefactFormat
{
    public const int Version = 1;

    /// <summary>An artefact is a third of a megabyte; no card makes it one of eight.</summary>
    public const int MostBytes = 8 * 1024 * 1024;

    private static ReadOnlySpan<byte> Magic => "GWSCORER"u8;

    public static byte[] Write(ScorerArtefact artefact)
    {
        using var memory = new MemoryStream();
        using var writer = new BinaryWriter(memory);
        writer.Write(Magic);
        writer.Write(Version);
        writer.Write(DenseVector.Size);
        writer.Write(artefact.Space.RarityStep);
        writer.Write(artefact.Space.Rarity);
        Write(writer, artefact.Space.Means);
        Write(writer, artefact.Space.Deviations);
        writer.Write(artefact.WordStep);
        writer.Write(artefact.CharacterStep);
        writer.Write(MemoryMarshal.AsBytes(artefact.GramWeights.AsSpan()));
        foreach (var weights in artefact.DenseWeights)
            Write(writer, (ReadOnlySpan<float>)weights);
        var scale = artefact.Scale;
        Write(writer, [scale.Centre, scale.Spread, scale.MeanGain, scale.GainSlope, scale.MeanWords, scale.MeanCharacters]);
        Write(writer, artefact.Quantiles);
        writer.Write(artefact.Card);
        writer.Flush();
        memory.Write(SHA256.HashData(memory.GetBuffer().AsSpan(0, (int)memory.Length)));
        return memory.ToArray();
    }

    /// <summary>Reads a whole file; never throws over what is in it.</summary>
    public static ArtefactReading Read(ReadOnlySpan<byte> file)
    {
        if (file.Length < Magic.Length + sizeof(int) || !file.StartsWith(Magic))
            return Wrong("it does not begin as a scorer's artefact does");
        if (file.Length > MostBytes)
            return Wrong($"its {file.Length} bytes are more than the {MostBytes} that an artefact may have");
        var version = MemoryMarshal.Read<int>(file[Magic.Length..]);
        if (version != Version)
            return Wrong($"it is of version {version} and this build reads version {Version}; train it anew");
        if (file.Length < SHA256.HashSizeInBytes || !SHA256.HashData(file[..^SHA256.HashSizeInBytes]).AsSpan().SequenceEqual(file[^SHA256.HashSizeInBytes..]))
            return Wrong("its checksum is wrong: the file is cut short or was changed");
        try
        {
            using var reader = new BinaryReader(new MemoryStream(file[..^SHA256.HashSizeInBytes].ToArray()));
            return new ArtefactReading(Read(reader, Convert.ToHexStringLower(file[^SHA256.HashSizeInBytes..])[..12]), null);
        }
        catch (Exception error) when (error is EndOfStreamException or FormatException or InvalidDataException or ArgumentException)
        {
            return Wrong("it ends before it is whole, or holds what no artefact holds: " + error.Message);
        }
    }

    private static ScorerArtefact Read(BinaryReader reader, string id)
    {
        reader.BaseStream.Position = Magic.Length + sizeof(int);
        var statistics = reader.ReadInt32();
        if (statistics != DenseVector.Size)
            throw new InvalidDataException($"it has {statistics} statistics where this build has {DenseVector.Size}");
        var rarityStep = reader.ReadSingle();
        var rarity = reader.ReadBytes(Grams.Space);
        var space = new FeatureSpace(rarity, rarityStep, ReadFloats(reader, statistics), ReadFloats(reader, statistics));
        var (wordStep, characterStep) = (reader.ReadSingle(), reader.ReadSingle());
        var weights = MemoryMarshal.Cast<byte, sbyte>(reader.ReadBytes(Grams.Space)).ToArray();
        var dense = new DenseVector[PromptForms.Count];
        for (var form = 0; form < dense.Length; form++)
            ReadFloats(reader, statistics).CopyTo((Span<float>)dense[form]);
        var scale = ReadFloats(reader, 6);
        return new ScorerArtefact
        {
            Id = id,
            Space = space,
            WordStep = wordStep,
            CharacterStep = characterStep,
            GramWeights = weights,
            DenseWeights = dense,
            Scale = new ScoreScale(scale[0], scale[1], scale[2], scale[3], scale[4], scale[5]),
            Quantiles = ReadFloats(reader, ScorerArtefact.QuantileCount),
            Card = reader.ReadString(),
        };
    }

    private static float[] ReadFloats(BinaryReader reader, int count)
    {
        var values = new float[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = reader.ReadSingle();
            if (!float.IsFinite(values[i]))
                throw new InvalidDataException("a number in it is not finite");
        }

        return values;
    }

    private static void Write(BinaryWriter writer, ReadOnlySpan<float> values)
    {
        foreach (var value in values)
            writer.Write(value);
    }

    private static ArtefactReading Wrong(string error) => new(null, error);
}
