using System.Threading.Channels;
using Gateway.Cache.Answers;
using Gateway.Caching;
using Gateway.Caching.Semantic;
using Gateway.Protocol;
using Gateway.Routing;
using Gateway.Telemetry;

namespace Gateway.Cache;

/// <summary>Holds delivered answers until somebody has time to store them.</summary>
public sealed class CacheIntake
{
    /// <summary>Answers that may wait; each is held in memory, and a store that is slower than that is better served less.</summary>
    private const int Waiting = 1024;

    private readonly Channel<FreshAnswer> _answers = Channel.CreateBounded<FreshAnswer>(new BoundedChannelOptions(Waiting) { SingleReader = true });

    internal ChannelReader<FreshAnswer> Answers => _answers.Reader;

    internal void Offer(FreshAnswer answer)
    {
        if (_answers.Writer.TryWrite(answer))
            return;
        answer.Recording.Dispose();
        CacheMetrics.CountNotStored("no room");
    }
}

/// <summary>An answer that its caller has, and that is to be stored if it is fit for it.</summary>
/// <param name="Answers">Where to.</param>
/// <param name="Question">What it answers.</param>
/// <param name="Recording">What was delivered; to be disposed of.</param>
/// <param name="Pool">The pool that answered.</param>
/// <param name="Facts">The entry's.</param>
/// <param name="Usage">Its tokens, if they are known.</param>
internal sealed record FreshAnswer(AnswerCache Answers, CacheQuestion Question, AnswerRecording Recording, Pool Pool, EntryFacts Facts, Usage? Usage)
{
    /// <summary>An entry that the request missed by little, and whose answer shall be compared with this one; null when none shall.</summary>
    public SemanticCandidate? Doubted { get; init; }
}
