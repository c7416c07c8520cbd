using System.Text.Json;
using Gateway.Dispatch;
using Gateway.Guardrails;
using Gateway.Routing;
using Gateway.Routing.Admission;
using Gateway.Upstream;
using Gateway.Upstream.SideCalls;

namespace Gateway.Guarding.Remote;

/// <summary>Asks a chat model on a pool.</summary>
/// <remarks>
/// Its questions have places in the pool like everybody's, and count at replicas like everybody's. A replica that is down is followed by another
/// one. A request that is bound to a group is not shown to a pool outside it.
/// </remarks>
internal sealed class ModelJudge(UpstreamPool pool, IJudgeFormat format) : IJudge
{
    private const string Path = "/v1/chat/completions";

    /// <summary>What is reckoned with where a pool does not say how long a prompt may be: the shortest that Llama 3's family was published with.</summary>
    private const int UnknownContext = 8192;

    /// <summary>Tokens kept for what the chat template adds, which is about 800 in Llama Guard 3 and 4, and for the answer; a quarter of a shorter context.</summary>
    private const int Reserve = 1024;

    /// <summary>Bytes of text per token that are reckoned with at first: prose has 4 to 5, code and Hangul about 3.</summary>
    private const int UsualDensity = 3;

    /// <summary>Questions under way at once for one inspection.</summary>
    private const int AtOnce = 4;

    private volatile UpstreamPool _pool = pool;

    /// <summary>The pool is from now on as a reload made it.</summary>
    public void Become(UpstreamPool now) => _pool = now;

    public async ValueTask<Judgement> JudgeAsync(RemoteQuestion question, Patience patience)
    {
        var to = _pool;
        if (question.Group is not null && question.Group != to.Pool.Group)
            return Judgement.Failed("pool outside the group");
        var conversation = JudgedConversation.Of(question, format.WithSystem);
        if (conversation.Count == 0)
            return Judgement.Unasked;
        var context = to.Pool.ContextTokens ?? UnknownContext;
        var room = context - Math.Min(Reserve, context / 4);
        var asked = await AskAsync(to, format.Questions(conversation, to.ModelJson, room * UsualDensity), patience);
        // No text has more tokens than bytes, so that what was refused for its length is not refused again.
        if (asked is { IsRefused: true } && conversation.LengthOf(conversation.Count - 1) > room)
            asked = await AskAsync(to, format.Questions(conversation, to.ModelJson, room), patience);
        return asked.Labels is { } labels
            ? new Judgement(VerdictOf(conversation, labels), true)
            : new Judgement(RemoteVerdict.Failed(asked.Failure!), asked.IsUp);
    }

    private static RemoteVerdict VerdictOf(JudgedConversation conversation, IReadOnlyList<string> labels)
    {
        if (labels.Count == 0)
            return RemoteVerdict.Clean;
        var findings = new List<TextFinding>(labels.Count * conversation.Judged.Count);
        // The turn was judged as a whole, so whatever is done is done to all of it.
        foreach (var text in conversation.Judged)
        {
            foreach (var label in labels)
                findings.Add(new TextFinding(text, new Finding(label, 0, 0)));
        }

        return new RemoteVerdict(findings);
    }

    /// <summary>Asks all of the questions; one that found something, or that failed, is as good as all.</summary>
    private async ValueTask<Asked> AskAsync(UpstreamPool to, IReadOnlyList<ReadOnlyMemory<byte>> questions, Patience patience)
    {
        if (questions.Count == 1)
            return await AskAsync(to, questions[0], patience);
        Asked? settled = null;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = patience.End };
        await Parallel.ForAsync(0, questions.Count, parallel, async (i, _) =>
        {
            if (Volatile.Read(ref settled) is not null)
                return;
            var asked = await AskAsync(to, questions[i], patience);
            if (asked.Labels is not { Count: 0 })
                Interlocked.CompareExchange(ref settled, asked, null);
        });
        return settled ?? new Asked([], null, true);
    }

    private async ValueTask<Asked> AskAsync(UpstreamPool to, ReadOnlyMemory<byte> question, Patience patience)
    {
        if (!to.Gate.TryEnter(isSpare: false, out var place))
        {
            // A request waits for the answer, and has waited for its turn already.
            var claim = new AdmissionClaim(AdmissionClaim.UnderWay, default, 0);
            var outcome = await to.Gate.EnterAsync(claim, to.Gate.Settings.QueueTimeout, patience.End, CancellationToken.None);
            if (!outcome.IsEntered)
            {
                patience.End.ThrowIfCancellationRequested();
                return Asked.Failed("pool full");
            }

            place = outcome.Place;
        }

        try
        {
            return await AskAnyAsync(to, question, patience);
        }
        finally
        {
            place.Leave();
        }
    }

    private async ValueTask<Asked> AskAnyAsync(UpstreamPool to, ReadOnlyMemory<byte> question, Patience patience)
    {
        var tried = new List<Replica>(1);
        GuardReply? last = null;
        while (tried.Count < 2 && to.Pool.Pick(tried) is { } picked)
        {
            var reply = await PostAsync(to, picked, question, patience);
            if (!reply.IsOutage)
                return Read(reply);
            last = reply;
            tried.Add(picked.Replica);
        }

        return last is { } failed ? Read(failed) : Asked.Failed("no replica", isUp: false);
    }

    private static async ValueTask<GuardReply> PostAsync(UpstreamPool to, Picked picked, ReadOnlyMemory<byte> question, Patience patience)
    {
        var (replica, pass) = (picked.Replica, picked.Pass);
        replica.Enter();
        try
        {
            var reply = await GuardCall.PostAsync(to.Connections.Invoker, replica.Paths.Of(Path), to.Connections.Authorization, question, patience.End);
            if (reply.Failure is null)
                replica.Breaker.Succeeded(pass);
            else if (!reply.IsOutage)
                replica.Breaker.Dropped(pass);
            else
                ReplicaReport.Failed(replica, pass, new UpstreamFault(KindOf(reply), reply.Failure));
            return reply;
        }
        catch (OperationCanceledException) when (!patience.Gone.IsCancellationRequested)
        {
            ReplicaReport.Failed(replica, pass, new UpstreamFault(FaultKind.Stalled, "no judgement in time"));
            throw;
        }
        catch
        {
            replica.Breaker.Dropped(pass);
            throw;
        }
        finally
        {
            replica.Leave();
        }
    }

    private static FaultKind KindOf(GuardReply reply) => reply.Status switch
    {
        0 => FaultKind.ConnectFailed,
        429 => FaultKind.Overloaded,
        _ => FaultKind.ServerError,
    };

    private Asked Read(GuardReply reply)
    {
        if (reply.Failure is not null)
            return new Asked(null, reply.Failure, reply.IsUp) { IsRefused = reply.Status is 400 or 413 or 422 };
        using var json = reply.Parse();
        if (json is null)
            return Asked.Failed("not JSON");
        return !JsonAnswer.TryGet(json.RootElement, "choices", JsonValueKind.Array, out var choices) || choices.GetArrayLength() == 0
            || !JsonAnswer.TryGet(choices[0], "message", JsonValueKind.Object, out var message)
            || !JsonAnswer.TryGet(message, "content", JsonValueKind.String, out var content)
            ? Asked.Failed("no answer in it")
            : format.Read(content.GetString()!) is { } labels ? new Asked(labels, null, true) : Asked.Failed("not an answer to the question");
    }

    /// <summary>What one question came to: labels, or why there are none.</summary>
    private sealed record Asked(IReadOnlyList<string>? Labels, string? Failure, bool? IsUp)
    {
        /// <summary>The model's server refused the question as it was.</summary>
        public bool IsRefused { get; init; }

        public static Asked Failed(string why, bool? isUp = null) => new(null, why, isUp);
    }
}
