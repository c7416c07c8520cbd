namespace Gateway.Routing.Cascade.Checks;

/// <summary>A call of a function that was not offered. Flagged as soon as the name is there.</summary>
public sealed class UnknownFunctionCheck : IAnswerCheck
{
    public string Name => "tool_unknown";

    public string Reason => "function not offered";

    public bool Flags(DraftAnswer answer, Offer offer)
    {
        if (!offer.HasFunctions)
            return false;
        foreach (var call in answer.Calls)
        {
            if (!string.IsNullOrEmpty(call.Name) && !offer.TryFind(call.Name, out _))
                return true;
        }

        return false;
    }
}
