namespace Gateway.Protocol;

/// <summary>One change of a body: bytes that go, and what stands there instead.</summary>
/// <param name="At">The bytes to replace; of length 0 to insert.</param>
/// <param name="With">What stands there instead.</param>
internal readonly record struct SpliceEdit(ByteRange At, ReadOnlyMemory<byte> With)
{
    public int Growth => With.Length - At.Length;
}
