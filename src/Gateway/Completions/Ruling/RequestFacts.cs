using System.Text;
using Gateway.Completions.Prompts;
using Gateway.Hosting;
using Gateway.Protocol;
using Gateway.Routing.Conversations;
using Gateway.Routing.Rules.Cel.Values;
using Gateway.Routing.Rules.Facts;

namespace Gateway.Completions.Ruling;

/// <summary>What rules ask of a chat request, each thing worked out when it is first asked for.</summary>
/// <remarks>Reads the caller's bytes: not to be kept beyond the planning.</remarks>
internal sealed class RequestFacts(
    ReadOnlyMemory<byte> body, ChatRequest request, IHeaderDictionary headers, IQueryCollection query, Blueprint blueprint, TimeProvider time) : RuleFacts
{
    private string? _language;
    private double? _complexity;

    public override string Model { get; set; } = request.Model;

    public override long PromptTokens => TokenEstimate.OfBody(HasImages ? (int)TextLength : body.Length);

    public override long? MaxTokens => request.MaxTokens;

    public override bool IsStream => request.Stream;

    public override double? Temperature => request.Temperature;

    public override long Turns => request.Turns.Count;

    public override CelList ToolNames => field ??= ToolNameReader.Read(request.ToolsValue.In(body.Span), request.Tools);

    public override bool HasImages
    {
        get
        {
            for (var i = 0; i < request.Turns.Count; i++)
            {
                if (request.Turns[i].Attachments > 0)
                    return true;
            }

            return false;
        }
    }

    public override string Language => _language ??= LanguageOfAsk();

    public override long TextLength
    {
        get
        {
            var length = 0L;
            for (var i = 0; i < request.Turns.Count; i++)
                length += request.Turns[i].TextBytes;
            return length;
        }
    }

    public override double Complexity => _complexity ??= Score();

    public override string LastUserText => field ??= TextOfAsk();

    public override string TenantId => "";

    public override CelMap Headers => field ??= new HeaderMap(headers);

    public override CelMap Parameters => field ??= new QueryMap(query);

    public override FleetMap Pools => blueprint.Rules.Pools;

    public override DateTimeOffset Now => time.GetUtcNow();

    public override ConversationKey Conversation => ConversationIdentity.Of(headers, body.Span, request);

    private string LanguageOfAsk()
    {
        using var reading = new PromptReading(body.Span, request);
        return Routing.Languages.Language.Of(reading.Prompt.Ask);
    }

    private string TextOfAsk()
    {
        using var reading = new PromptReading(body.Span, request);
        return Encoding.UTF8.GetString(reading.Prompt.Ask);
    }

    private double Score()
    {
        var scorer = blueprint.Catalog.Find(request.Model)?.Choice?.Scorer ?? blueprint.Scorer;
        using var reading = new PromptReading(body.Span, request, scorer.ReadsConversation);
        return scorer.Score(reading.Prompt).Value;
    }
}
