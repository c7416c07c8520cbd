using Gateway.Guardrails;

namespace Gateway.Guarding.Remote;

/// <summary>Asks a service of the operator's, by the protocol of docs/guardrails-webhook.md.</summary>
internal sealed class WebhookJudge(HttpMessageInvoker connections, Uri address, string? token) : IJudge
{
    private readonly string? _authorization = token is null ? null : $"Bearer {token}";

    public async ValueTask<Judgement> JudgeAsync(RemoteQuestion question, Patience patience)
    {
        if (question.Texts.Count == 0)
            return Judgement.Unasked;
        var reply = await GuardCall.PostAsync(connections, address, _authorization, WebhookBody.Of(question), patience.End);
        return new Judgement(reply.Failure is { } why ? RemoteVerdict.Failed(why) : WebhookBody.Read(reply, question.Texts), reply.IsUp);
    }
}
