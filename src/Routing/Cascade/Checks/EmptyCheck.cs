namespace Gateway.Routing.Cascade.Checks;

/// <summary>The answer ended and says nothing: no text beyond white space, no call.</summary>
public sealed class EmptyCheck : IAnswerCheck
{
    public string Name => "empty";

    public string Reason => "empty answer";

    public bool Flags(DraftAnswer answer, Offer offer) =>
        answer.IsWhole && !answer.HasCalls && !answer.IsRefusal && !offer.HasCut(answer) && answer.Text.Trim(" \t\r\n"u8).IsEmpty;
}
