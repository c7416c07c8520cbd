namespace Gateway.Routing.Learning;

/// <summary>How an outcome came to be known; more can be believed of some kinds than of others.</summary>
public enum OutcomeKind : byte
{
    /// <summary>A caller scored the answer it got.</summary>
    Feedback = 1,

    /// <summary>Both pools answered and their answers were compared: what differs may be better or only different.</summary>
    Disagreement = 2,

    /// <summary>Both pools answered and a judge scored both.</summary>
    Judged = 3,

    /// <summary>A check rejected the small pool's answer before it was shown, or let it pass.</summary>
    Checked = 4,
}
