using System.Runtime.InteropServices;
using Gateway.Routing.Learning;

namespace Gateway.Learning;

/// <summary>The requests that feedback can still be given for: what each was routed by, and who answered. Holds no text.</summary>
/// <remarks>
/// A ring over memory that is taken once, so that a request leaves nothing to collect; an untouched part of it costs no memory.
/// </remarks>
public sealed class RecentRequests(int most, TimeSpan keep, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _slots = new(most, StringComparer.Ordinal);
    private readonly Slot[] _ring = new Slot[most];
    private readonly byte[] _sketches = GC.AllocateUninitializedArray<byte>(most * Sketch.MostBytes);
    private int _next;

    public int Count
    {
        get
        {
            lock (_gate)
                return _slots.Count;
        }
    }

    /// <summary>Remembers a request; of two with one id the later.</summary>
    public void Add(string id, string scope, SketchPad pad, bool isLarge)
    {
        lock (_gate)
        {
            ref var slot = ref _ring[_next];
            if (slot.Id is { } old && _slots.TryGetValue(old, out var at) && at == _next)
                _slots.Remove(old);
            pad.Sketch.CopyTo(_sketches.AsSpan(_next * Sketch.MostBytes));
            slot = new Slot(id, scope, pad.Sketch.Length, pad.Artefact, pad.Version, isLarge, time.GetUtcNow().ToUnixTimeSeconds());
            CollectionsMarshal.GetValueRefOrAddDefault(_slots, id, out _) = _next;
            _next = (_next + 1) % _ring.Length;
        }
    }

    /// <summary>The request as an outcome that has no score yet; null when it is not known, or not any more.</summary>
    public OpenOutcome? Find(string id)
    {
        lock (_gate)
        {
            if (!_slots.TryGetValue(id, out var at))
                return null;
            var slot = _ring[at];
            if (time.GetUtcNow().ToUnixTimeSeconds() - slot.At > keep.TotalSeconds
                || Sketch.Read(_sketches.AsSpan(at * Sketch.MostBytes, slot.Length)) is not { } sketch)
                return null;
            return new OpenOutcome(slot.Scope, new Outcome
            {
                Request = RequestMark.Of(id),
                Kind = OutcomeKind.Feedback,
                At = slot.At,
                IsLarge = slot.IsLarge,
                Version = slot.Version,
                Artefact = slot.Artefact,
                Sketch = sketch,
            });
        }
    }

    private readonly record struct Slot(string Id, string Scope, int Length, uint Artefact, uint Version, bool IsLarge, long At);
}
