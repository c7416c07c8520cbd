using System.Globalization;
using System.Text;
using Gateway.Protocol;

namespace Gateway.Dispatch.Resume;

/// <summary>The caller's body, spliced so that another replica goes on with its answer, or says it again.</summary>
internal static class ContinuationBody
{
    private static readonly byte[] Assistant = ",{\"role\":\"assistant\""u8.ToArray();
    private static readonly byte[] Reasoning = ",\"reasoning\":\""u8.ToArray();
    private static readonly byte[] Content = ",\"content\":\""u8.ToArray();
    private static readonly byte[] Quote = "\""u8.ToArray();
    private static readonly byte[] QuoteAndEnd = "\"}"u8.ToArray();
    private static readonly byte[] True = "true"u8.ToArray();
    private static readonly byte[] False = "false"u8.ToArray();
    private static readonly byte[] NewContinue = ",\"continue_final_message\":true"u8.ToArray();
    private static readonly byte[] NoNewTurn = ",\"add_generation_prompt\":false"u8.ToArray();

    /// <summary>The request with what was shown as a last message that is to be continued, and the token limits less what was generated.</summary>
    /// <param name="body">The caller's bytes.</param>
    /// <param name="request">The view over them.</param>
    /// <param name="fields">More of the same.</param>
    /// <param name="journal">What was shown; must not change until the splice has been sent.</param>
    /// <param name="generated">Tokens generated so far.</param>
    /// <param name="modelJson">The upstream model as a JSON string.</param>
    /// <param name="priority">Its place in the upstream's queue, where the plan has one.</param>
    public static RequestSplice Continued(
        ReadOnlyMemory<byte> body, ChatRequest request, ResumeFields fields, Journal journal, int generated, byte[] modelJson, int? priority)
    {
        var behindModel = new ByteRange(request.ModelValue.End, 0);
        var edits = new List<SpliceEdit>(16) { new(request.ModelValue, modelJson), UsageEdit.Ask(request, running: true) };
        edits.Add(fields.ContinueFinal.IsEmpty ? new SpliceEdit(behindModel, NewContinue) : new SpliceEdit(fields.ContinueFinal, True));
        edits.Add(fields.AddGenerationPrompt.IsEmpty ? new SpliceEdit(behindModel, NoNewTurn) : new SpliceEdit(fields.AddGenerationPrompt, False));
        AddMessage(edits, fields.MessagesEnd, journal);
        if (priority is { } given)
            edits.Add(PriorityField.Set(request, given));
        Lower(edits, fields.MaxTokens, fields.Limit, generated, least: 1);
        Lower(edits, fields.MaxCompletionTokens, fields.Limit, generated, least: 1);
        Lower(edits, fields.MinTokens, fields.Least, generated, least: 0);
        return RequestSplice.Of(body, [.. edits]);
    }

    private static void AddMessage(List<SpliceEdit> edits, ByteRange at, Journal journal)
    {
        edits.Add(new SpliceEdit(at, Assistant));
        if (!journal.Reasoning.IsEmpty)
        {
            edits.Add(new SpliceEdit(at, Reasoning));
            edits.Add(new SpliceEdit(at, journal.Reasoning));
            edits.Add(new SpliceEdit(at, Quote));
        }

        edits.Add(new SpliceEdit(at, Content));
        edits.Add(new SpliceEdit(at, journal.SolidContent));
        edits.Add(new SpliceEdit(at, QuoteAndEnd));
    }

    private static void Lower(List<SpliceEdit> edits, ByteRange at, int? count, int by, int least)
    {
        if (!at.IsEmpty && count is { } value)
            edits.Add(new SpliceEdit(at, Encoding.ASCII.GetBytes(Math.Max(least, value - by).ToString(CultureInfo.InvariantCulture))));
    }
}
