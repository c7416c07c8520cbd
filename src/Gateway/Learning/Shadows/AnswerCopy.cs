using System.Buffers;

namespace Gateway.Learning.Shadows;

/// <summary>A copy of an answer's bytes on their way to the caller, up to a limit; lives in memory only.</summary>
public sealed class AnswerCopy(int most)
{
    private readonly ArrayBufferWriter<byte> _bytes = new(4096);

    /// <summary>Whether all of it is here.</summary>
    public bool IsWhole { get; private set; } = true;

    public ReadOnlyMemory<byte> Bytes => _bytes.WrittenMemory;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (!IsWhole)
            return;
        if (_bytes.WrittenCount + bytes.Length > most)
        {
            IsWhole = false;
            _bytes.ResetWrittenCount();
            return;
        }

        _bytes.Write(bytes);
    }
}
