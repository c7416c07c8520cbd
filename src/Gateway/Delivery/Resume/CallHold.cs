using Gateway.Dispatch.Resume;
using Gateway.Protocol;

namespace Gateway.Delivery.Resume;

/// <summary>Holds the frames of a tool call back until it is whole, so that a call which breaks off leaves no trace and can be made again.</summary>
internal static class CallHold
{
    /// <summary>Says where a frame is to be written.</summary>
    /// <param name="journal">The stream's; null when nothing is held.</param>
    /// <param name="chunk">What the frame means.</param>
    /// <param name="length">Its bytes, at most.</param>
    /// <param name="caller">Where what is held goes if this is too much.</param>
    public static Outlet OutletFor(Journal? journal, in Chunk chunk, int length, EventWriter caller)
    {
        if (journal is null || journal.IsLost || !(chunk.CallsTool || journal.HoldsCall))
            return new Outlet(caller, null);
        if (journal.CanHold(length))
            return new Outlet(caller, journal);
        // From here on the call is shown as it comes, and cannot be made again.
        journal.Lose();
        Release(journal, caller);
        return new Outlet(caller, null);
    }

    /// <summary>Shows what is held once the answer has come to its end.</summary>
    public static void ReleaseAtEnd(Journal? journal, in Chunk chunk, EventWriter caller)
    {
        if (journal is { HoldsCall: true } && chunk.Finished > 0)
            Release(journal, caller);
    }

    private static void Release(Journal journal, EventWriter caller)
    {
        if (!journal.HoldsCall)
            return;
        caller.Write(journal.Held);
        journal.Release();
    }
}
