using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Gateway.Bench.Embedding.Weights;

/// <summary>The tensors of a safetensors file in half precision, read as floats.</summary>
public sealed class Safetensors
{
    private readonly byte[] _file;
    private readonly int _start;
    private readonly JsonDocument _header;

    private Safetensors(byte[] file, int start, JsonDocument header)
    {
        _file = file;
        _start = start;
        _header = header;
    }

    public static Safetensors Load(string path)
    {
        var file = File.ReadAllBytes(path);
        var length = checked((int)BinaryPrimitives.ReadInt64LittleEndian(file));
        return new Safetensors(file, 8 + length, JsonDocument.Parse(file.AsMemory(8, length)));
    }

    /// <summary>A tensor's numbers, row by row.</summary>
    /// <exception cref="FormatException">It is not of half or single precision.</exception>
    public float[] Read(string name)
    {
        var entry = _header.RootElement.GetProperty(name);
        var offsets = entry.GetProperty("data_offsets");
        var bytes = _file.AsSpan(_start + offsets[0].GetInt32(), offsets[1].GetInt32() - offsets[0].GetInt32());
        switch (entry.GetProperty("dtype").GetString())
        {
            case "F32":
                return MemoryMarshal.Cast<byte, float>(bytes).ToArray();
            case "F16":
                var halves = MemoryMarshal.Cast<byte, Half>(bytes);
                var numbers = new float[halves.Length];
                for (var i = 0; i < numbers.Length; i++)
                    numbers[i] = (float)halves[i];
                return numbers;
            default:
                throw new FormatException($"{name} is of {entry.GetProperty("dtype").GetString()}.");
        }
    }
}
