namespace Gateway.Routing.Admission;

/// <summary>A place in a pool, held from before a replica is picked until the answer's end. The default value is no place.</summary>
/// <remarks>A value that one owner holds at a time: whoever hands it on forgets it, whoever has it last leaves it, once.</remarks>
public readonly struct Place(AdmissionGate gate, long enteredAt)
{
    private readonly AdmissionGate? _gate = gate;

    /// <summary>Whether it is a place in this pool.</summary>
    public bool IsAt(AdmissionGate gate) => ReferenceEquals(_gate, gate);

    /// <summary>Gives it to whoever waits.</summary>
    public void Leave() => _gate?.Leave(enteredAt);
}
