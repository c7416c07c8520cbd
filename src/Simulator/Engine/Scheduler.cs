using Gateway.Simulator.Metrics;

namespace Gateway.Simulator.Engine;

/// <summary>
/// Plans steps the way vLLM's scheduler does: every running sequence decodes one token, what is left of the step's token budget goes
/// to prefill in chunks, first come first served, and the queue waits for a free place and free KV blocks. When blocks run out the
/// newest sequence gives up its own and starts over. Knows no clock: a step has a length, and whoever calls lets it pass.
/// </summary>
internal sealed class Scheduler(PerformanceModel model, EngineCounters counters)
{
    private readonly KvBlocks _blocks = new(model.KvBlocks);
    private readonly List<ScheduledSequence> _running = [];
    private readonly LinkedList<ScheduledSequence> _waiting = new();
    private int _context;

    public int Running => _running.Count;

    public int Waiting => _waiting.Count;

    public double KvUsage => _blocks.Usage;

    public bool Idle => _running.Count == 0 && _waiting.Count == 0;

    public void Add(Sequence sequence) => _waiting.AddLast(new ScheduledSequence(sequence));

    /// <summary>Plans a step at a virtual time and says how long it takes; zero if nothing can run.</summary>
    public TimeSpan Plan(TimeSpan now)
    {
        Drop();
        var budget = model.MaxBatchedTokens;
        var (decoding, prefill) = (0, 0);
        _context = 0;
        for (var i = 0; i < _running.Count && budget > 0; i++)
        {
            var each = _running[i];
            var tokens = Math.Min(each.Known - each.Computed, budget);
            if (!Grow(each, tokens, ref i)) continue;
            Count(each, tokens, ref decoding, ref prefill);
            budget -= tokens;
        }
        while (budget > 0 && _running.Count < model.MaxSequences && Admit(now) is { } admitted)
        {
            var tokens = Math.Min(admitted.Known - admitted.Computed, budget);
            if (!_blocks.TryGrow(admitted.Blocks, admitted.Computed + tokens))
            {
                _blocks.Release(admitted.Blocks);
                Restart(admitted);
                break;
            }
            _running.Add(admitted);
            Count(admitted, tokens, ref decoding, ref prefill);
            budget -= tokens;
        }
        return decoding + prefill == 0 ? TimeSpan.Zero : Length(decoding, prefill);
    }

    /// <summary>Ends the planned step at a virtual time: tokens appear, full sequences leave.</summary>
    public void Finish(TimeSpan now)
    {
        for (var i = _running.Count - 1; i >= 0; i--)
        {
            var each = _running[i];
            var sequence = each.Sequence;
            if (each.Planned == 0) continue;
            each.Computed += each.Planned;
            each.Planned = 0;
            _blocks.Publish(sequence.Tokens, each.Computed, each.Blocks, ref each.Chain);
            if (each.Computed < each.Known || sequence.Aborted) continue;
            if (sequence.Produced == 0) sequence.FirstToken = now;
            sequence.LastToken = now;
            sequence.Advance(1);
            if (!sequence.Complete) continue;
            _blocks.Release(each.Blocks);
            _running.RemoveAt(i);
        }
    }

    /// <summary>Every sequence there is.</summary>
    public IEnumerable<Sequence> All()
    {
        foreach (var each in _running) yield return each.Sequence;
        foreach (var each in _waiting) yield return each.Sequence;
    }

    private TimeSpan Length(int decoding, int prefill)
    {
        var decode = decoding == 0 ? TimeSpan.Zero
            : model.DecodeBase + model.DecodePerSequence * (decoding - 1) + model.DecodePerThousandContextTokens * (_context / 1000.0);
        return decode + TimeSpan.FromSeconds(prefill / model.PrefillTokensPerSecond);
    }

    private void Count(ScheduledSequence each, int tokens, ref int decoding, ref int prefill)
    {
        each.Planned = tokens;
        if (each.Decodes)
        {
            decoding++;
            _context += each.Known;
        }
        else prefill += tokens;
    }

    /// <summary>The head of the queue with its known prefix, taken out; null if there is none.</summary>
    private ScheduledSequence? Admit(TimeSpan now)
    {
        if (_waiting.First is not { Value: { } each }) return null;
        _waiting.RemoveFirst();
        var sequence = each.Sequence;
        each.Computed = _blocks.TakePrefix(sequence.Tokens.AsSpan(0, each.Known), sequence.Salt, each.Blocks);
        if (each.Admitted) return each;
        each.Admitted = true;
        sequence.CachedTokens = each.Computed;
        sequence.Scheduled = now;
        Interlocked.Add(ref counters.CacheQueries, sequence.PromptTokens);
        Interlocked.Add(ref counters.CacheHits, sequence.CachedTokens);
        return each;
    }

    /// <summary>Room for a running sequence's next tokens; the newest sequences make way, at worst this one.</summary>
    private bool Grow(ScheduledSequence each, int tokens, ref int index)
    {
        while (!_blocks.TryGrow(each.Blocks, each.Computed + tokens))
        {
            var newest = _running[^1];
            _running.RemoveAt(_running.Count - 1);
            _blocks.Release(newest.Blocks);
            Restart(newest);
            Interlocked.Increment(ref counters.Preemptions);
            if (newest != each) continue;
            index--;
            return false;
        }
        return true;
    }

    private void Restart(ScheduledSequence each)
    {
        each.Computed = 0;
        each.Planned = 0;
        each.Chain = KvBlocks.Chain.Start(each.Sequence.Salt);
        _waiting.AddFirst(each);
    }

    /// <summary>Forgets sequences that were aborted.</summary>
    private void Drop()
    {
        for (var i = _running.Count - 1; i >= 0; i--)
        {
            if (!_running[i].Sequence.Aborted) continue;
            _blocks.Release(_running[i].Blocks);
            _running.RemoveAt(i);
        }
        for (var node = _waiting.First; node is not null;)
        {
            var next = node.Next;
            if (node.Value.Sequence.Aborted) _waiting.Remove(node);
            node = next;
        }
    }
}
