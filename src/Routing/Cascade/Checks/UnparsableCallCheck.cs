namespace Gateway.Routing.Cascade.Checks;

/// <summary>A call whose arguments are no JSON object, or that names no function at all, or that the engine could not read and sent as text.</summary>
public sealed class UnparsableCallCheck : IAnswerCheck
{
    public string Name => "tool_unparsable";

    public string Reason => "tool call does not parse";

    public bool Flags(DraftAnswer answer, Offer offer)
    {
        if (!answer.HasCalls)
            return answer.IsWhole && !offer.HasCut(answer) && offer.Form == AnswerForm.Text && offer.LooksLikeCall(answer.Text);
        if (!ToolCalls.MayBeJudged(answer, offer))
            return false;
        foreach (var call in answer.Calls)
        {
            using var arguments = ToolCalls.TryParse(call.Arguments);
            if (arguments is null || string.IsNullOrEmpty(call.Name))
                return true;
        }

        return false;
    }
}
