using Gateway.Guardrails;

namespace Gateway.Guarding.Remote;

/// <summary>Someone who is asked about texts; <see cref="BoundedGuard"/> sees to it that asking has limits.</summary>
internal interface IJudge
{
    /// <summary>Asks.</summary>
    /// <exception cref="OperationCanceledException">The patience has an end.</exception>
    ValueTask<Judgement> JudgeAsync(RemoteQuestion question, Patience patience);
}

/// <summary>What asking came to.</summary>
/// <param name="Verdict">The verdict, or why there is none.</param>
/// <param name="IsUp">
/// Whether whoever is asked is there and able to answer; null when this says nothing of it. What a text may bring about, such as an answer that
/// cannot be read, says nothing: nobody shall be able to switch a guard off by what he writes.
/// </param>
internal readonly record struct Judgement(RemoteVerdict Verdict, bool? IsUp)
{
    /// <summary>There was nothing to ask.</summary>
    public static readonly Judgement Unasked = new(RemoteVerdict.Clean, null);

    public static Judgement Failed(string why, bool isOutage = false) => new(RemoteVerdict.Failed(why), isOutage ? false : null);
}

/// <summary>How long an answer is waited for.</summary>
/// <param name="End">Fires when nobody waits any longer, for either reason.</param>
/// <param name="Gone">Fires when whoever wanted the verdict has left; when this did not, the time was up.</param>
internal readonly record struct Patience(CancellationToken End, CancellationToken Gone);
