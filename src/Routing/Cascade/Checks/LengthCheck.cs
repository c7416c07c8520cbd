namespace Gateway.Routing.Cascade.Checks;

/// <summary>The answer stopped for want of room, and it was not the caller who set the limit.</summary>
public sealed class LengthCheck : IAnswerCheck
{
    public string Name => "length";

    public string Reason => "ran out of length";

    public bool Flags(DraftAnswer answer, Offer offer) => answer.FinishReason == "length" && !offer.HasCut(answer);
}
