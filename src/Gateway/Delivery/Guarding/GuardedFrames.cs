using System.Globalization;
using System.Text;
using Gateway.Completions;
using Gateway.Delivery.Resume;
using Gateway.Guarding;
using Gateway.Guardrails;
using Gateway.Guardrails.Streaming;
using Gateway.Protocol;

namespace Gateway.Delivery.Guarding;

/// <summary>A stream's frames on their way through the guards of answers: what comes out is what anyone may see, callers, cache and followers.</summary>
internal sealed class GuardedFrames : FrameQueue
{
    private readonly EventWriter _out;
    private readonly AnswerInspection _inspection;
    private readonly RemoteReview? _review;

    public GuardedFrames(Exchange exchange, GuardVisit visit, EventWriter output, TimeProvider time)
    {
        _out = output;
        _inspection = new AnswerInspection(visit.Policy.Output, visit.Prompt, visit.Placeholders, visit.Policy.Window, time);
        visit.Output = _inspection.Report;
        if (_inspection.Stride > 0)
            _review = new RemoteReview(_inspection) { Model = exchange.Request?.Model, Group = exchange.Group };
    }

    /// <summary>Nothing more may be shown.</summary>
    public bool IsBlocked => _inspection.IsBlocked;

    public GuardReport Report => _inspection.Report;

    /// <summary>Whether verdicts may take time.</summary>
    public bool AsksOthers => _review is not null;

    /// <summary>Whether text is held that waiting could release.</summary>
    public bool CanExpire
    {
        get
        {
            foreach (var channel in Channels)
            {
                if (channel.Window.CanExpire)
                    return true;
            }

            return false;
        }
    }

    protected override bool IsStopped => IsBlocked;

    /// <summary>Judges what has come, asks remote guards about what is due, and sends what may leave.</summary>
    /// <param name="asksAll">Ask about whatever they have not seen.</param>
    /// <param name="cancel">Fires when nobody waits for the answer any more.</param>
    public async ValueTask ReviewAsync(bool asksAll, CancellationToken cancel)
    {
        Judge();
        if (!IsBlocked && IsDue(asksAll))
            await _review!.RunAsync(Channels.Select(static channel => (OutputWindow)channel.Window), cancel);
        Send();
    }

    /// <summary>The frames that end a stream of which nothing more may be shown: every choice that has not ended does so now.</summary>
    /// <param name="usage">The tokens, if the caller wants to know and they are known.</param>
    public byte[] BlockedEnd(Usage? usage)
    {
        var heading = Identity.Of(Opening).Heading;
        var frames = new StringBuilder();
        foreach (var (index, isFinished, isShown) in Choices)
        {
            if (isFinished)
                continue;
            var delta = isShown ? "{}" : "{\"role\":\"assistant\",\"content\":\"\"}";
            frames.Append(CultureInfo.InvariantCulture, $"data: {heading}\"choices\":[{{\"index\":{index},\"delta\":{delta},\"logprobs\":null,\"finish_reason\":\"content_filter\"}}]}}\n\n");
        }

        if (usage is { } used)
        {
            frames.Append(CultureInfo.InvariantCulture,
                $"data: {heading}\"choices\":[],\"usage\":{{\"prompt_tokens\":{used.Prompt},\"total_tokens\":{used.Prompt + used.Completion},\"completion_tokens\":{used.Completion}}}}}\n\n");
        }

        return Encoding.UTF8.GetBytes(frames.Append(Comment()).Append("data: [DONE]\n\n").ToString());
    }

    protected override StreamWindow Open(TextChannel channel) => _inspection.Open(channel.Source);

    protected override void Name(StreamWindow window, string part) => ((OutputWindow)window).Tool += part;

    protected override void BeforeEnd()
    {
        _inspection.Complete();
        if (Report.HasFindings)
            Send(Encoding.UTF8.GetBytes(Comment()), isShown: true);
    }

    protected override void Send(ReadOnlySpan<byte> frames, bool isShown)
    {
        if (isShown)
            _out.Send(frames);
        else
            _out.Note(frames);
    }

    private string Comment() => $": x-gateway-guard output: {Report.Describe()}\n\n";

    private bool IsDue(bool asksAll)
    {
        if (_review is null)
            return false;
        foreach (var channel in Channels)
        {
            var unseen = ((OutputWindow)channel.Window).Unreviewed;
            if (unseen >= _inspection.Stride || (unseen > 0 && (asksAll || channel.Ends)))
                return true;
        }

        return false;
    }
}
