using Gateway.Dispatch.Resume;
using Gateway.Protocol;

namespace Gateway.Delivery.Resume;

/// <summary>Where the bytes of a frame go: to the caller, or into the journal until the tool call they belong to is whole.</summary>
internal readonly struct Outlet(EventWriter caller, Journal? holding)
{
    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (holding is null)
            caller.Write(bytes);
        else
            holding.Hold(bytes);
    }

    /// <summary>Writes bytes up to a part that is left out, and what stands there instead.</summary>
    /// <param name="bytes">All bytes.</param>
    /// <param name="run">Those to write.</param>
    /// <param name="hidden">The part, within the run.</param>
    /// <param name="with">What stands there instead.</param>
    /// <returns>What is left of the run.</returns>
    public ByteRange WriteAround(ReadOnlySpan<byte> bytes, ByteRange run, ByteRange hidden, ReadOnlySpan<byte> with)
    {
        Write(bytes[run.Start..hidden.Start]);
        if (!with.IsEmpty)
            Write(with);
        return new ByteRange(hidden.End, run.End - hidden.End);
    }
}
