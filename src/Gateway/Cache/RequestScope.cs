using System.Text;
using Gateway.Caching;
using Gateway.Completions;
using Gateway.Guardrails;
using Gateway.Protocol;
using Gateway.Routing.Languages;

namespace Gateway.Cache;

/// <summary>The keys of a request: what its answer depends on, known or not.</summary>
/// <remarks>
/// Every member of the body counts, by its name and its bytes as they are written, in whatever order they come; left out are only the
/// model's name, in whose place its route stands, and what says how the answer is handed over. Other spelling of the same is a miss.
/// </remarks>
internal static class RequestScope
{
    /// <summary>What the parts below are and how they are put together; a change makes all entries as if they were not there.</summary>
    private const string Form = "chat-1";

    /// <summary>Room for what is no part of the body.</summary>
    private const int Surroundings = 1024;

    /// <summary>Members that are sorted on the stack; real requests have about ten.</summary>
    public const int MostMembers = 128;

    public static CacheQuestion QuestionOf(Exchange exchange, CacheSetup setup, CachePolicy policy)
    {
        var (request, headers) = (exchange.Request!, exchange.Http.Request.Headers);
        var body = exchange.Body!.Span;
        var owner = setup.IsForEveryone ? CallerOwner.Everyone : CallerOwner.Of(headers);
        var turn = request.Ask < 0 ? default : request.Turns[request.Ask];
        var around = AroundAsk(exchange, setup, owner, turn.Content);
        var ask = setup.Compares(exchange.BoundTo) ? AskText.Of(body, turn, setup.Options.Semantic!.MaxAskBytes) : null;
        return new CacheQuestion(
            Exact(around, turn.Content.In(body)),
            ask is null ? around : ByMeaning(around, ask, setup),
            owner,
            exchange.Asked!.Name,
            ask,
            CallerWishes.TagsOf(headers, policy.Tags));
    }

    /// <summary>Digest of everything but the last ask.</summary>
    private static CacheKey AroundAsk(Exchange exchange, CacheSetup setup, string owner, ByteRange ask)
    {
        var members = exchange.Request!.Members!;
        var body = exchange.Body!.Span;
        var scope = new CacheScope(body.Length + (members.Count * 16) + Surroundings);
        scope.Add(Form);
        scope.Add(setup.Answers.Epoch);
        scope.Add(owner);
        // An answer that passed other guards, or none, may not have passed this request's.
        scope.Add((exchange.Guards?.Policy ?? GuardPolicy.None).Version);
        scope.Add(exchange.Asked!.Name);
        scope.Add(exchange.BoundTo);
        setup.AddServed(ref scope, exchange.Route!, exchange.Plan);
        Span<BodyMember> sorted = stackalloc BodyMember[members.Count];
        Sort(members, body, sorted);
        foreach (var member in sorted)
            Add(ref scope, member, body, ask);
        var key = scope.ToKey();
        scope.Dispose();
        return key;
    }

    private static void Add(ref CacheScope scope, BodyMember member, ReadOnlySpan<byte> body, ByteRange ask)
    {
        if (member.Use is BodyMemberUse.Model or BodyMemberUse.Delivery)
            return;
        scope.Add((long)member.Use);
        scope.Add(member.Name.In(body));
        if (member.Use != BodyMemberUse.Messages || ask.IsEmpty)
        {
            scope.Add(member.Value.In(body));
            return;
        }

        scope.Add(body[member.Value.Start..ask.Start]);
        scope.Add(body[ask.End..member.Value.End]);
    }

    private static CacheKey Exact(CacheKey around, ReadOnlySpan<byte> ask)
    {
        using var scope = new CacheScope(ask.Length + CacheKey.Size + sizeof(int));
        scope.Add(around);
        scope.Add(ask);
        return scope.ToKey();
    }

    /// <summary>Asks are compared within one language, and by one embedder's vectors.</summary>
    private static CacheKey ByMeaning(CacheKey around, string ask, CacheSetup setup)
    {
        using var scope = new CacheScope(128);
        scope.Add(around);
        scope.Add(Language.Of(Encoding.UTF8.GetBytes(ask)));
        scope.Add(setup.EmbedderVersion);
        return scope.ToKey();
    }

    /// <summary>By name; members of one name, of which an upstream may take the last, stay in their order.</summary>
    private static void Sort(IReadOnlyList<BodyMember> members, ReadOnlySpan<byte> body, Span<BodyMember> sorted)
    {
        for (var i = 0; i < sorted.Length; i++)
        {
            var (member, at) = (members[i], i);
            for (; at > 0 && sorted[at - 1].Name.In(body).SequenceCompareTo(member.Name.In(body)) > 0; at--)
                sorted[at] = sorted[at - 1];
            sorted[at] = member;
        }
    }
}
