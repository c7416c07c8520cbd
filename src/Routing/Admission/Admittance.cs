namespace Gateway.Routing.Admission;

/// <summary>What asking for a place came to.</summary>
/// <param name="Verdict">Whether there is one, and why not.</param>
/// <param name="Place">The place, to be left once; empty unless entered.</param>
/// <param name="Waited">Time spent in the queue.</param>
/// <param name="RetryAfter">When asking again makes sense; zero unless turned away.</param>
public readonly record struct Admittance(AdmissionVerdict Verdict, Place Place, TimeSpan Waited, TimeSpan RetryAfter)
{
    public bool IsEntered => Verdict == AdmissionVerdict.Entered;
}

/// <summary>The ways of getting a place, or not.</summary>
public enum AdmissionVerdict
{
    Entered,

    /// <summary>The queue is full, and holds nothing that should rather go.</summary>
    QueueFull,

    /// <summary>It would have waited longer than it may.</summary>
    WaitTooLong,

    /// <summary>It waited, and made room for a request of a better band, or of a caller with less in the queue.</summary>
    Displaced,

    /// <summary>It waited as long as it may.</summary>
    TimedOut,

    /// <summary>Its caller left, or the gateway stops.</summary>
    GivenUp,
}
