namespace Gateway.Routing.Conversations;

/// <summary>Where conversations last went, for a bounded number of them.</summary>
/// <remarks>
/// Four places a bucket; a new conversation takes the place that was used longest ago. Memory is fixed: 24 bytes a place. A
/// conversation that is forgotten is merely decided afresh.
/// </remarks>
public sealed class ConversationMemory
{
    /// <summary>Conversations remembered unless told otherwise.</summary>
    public const int DefaultCapacity = 65_536;

    /// <summary>
    /// How long a conversation is remembered. After that its prefix has most likely left the replica's cache, and with it the reason
    /// to stay.
    /// </summary>
    public static readonly TimeSpan DefaultLifetime = TimeSpan.FromMinutes(30);

    private const int Ways = 4;
    private const int Locks = 64;

    private readonly Place[] _places;
    private readonly Lock[] _locks;
    private readonly TimeProvider _time;
    private readonly TimeSpan _lifetime;

    /// <param name="time">The clock.</param>
    /// <param name="capacity">Conversations to remember, rounded up to a power of two.</param>
    /// <param name="lifetime">How long an idle one is remembered; <see cref="DefaultLifetime"/> when absent.</param>
    public ConversationMemory(TimeProvider time, int capacity = DefaultCapacity, TimeSpan? lifetime = null)
    {
        _time = time;
        _lifetime = lifetime ?? DefaultLifetime;
        _places = new Place[Math.Max(Ways, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)capacity))];
        _locks = new Lock[Locks];
        for (var i = 0; i < Locks; i++)
            _locks[i] = new Lock();
    }

    /// <summary>Where the conversation started last time: the place in its cascade; null when it is new or long idle.</summary>
    public int? Recall(ConversationKey key)
    {
        var bucket = BucketOf(key);
        lock (_locks[bucket % Locks])
        {
            foreach (ref var place in Bucket(bucket))
            {
                if (place.Key == key.Value && place.IsTaken)
                    return _time.GetElapsedTime(place.UsedAt) <= _lifetime ? place.Start : null;
            }
        }

        return null;
    }

    /// <summary>Remembers where the conversation starts now.</summary>
    public void Remember(ConversationKey key, int start)
    {
        var bucket = BucketOf(key);
        lock (_locks[bucket % Locks])
        {
            ref var oldest = ref Bucket(bucket)[0];
            foreach (ref var place in Bucket(bucket))
            {
                if (place.IsTaken && place.Key == key.Value)
                {
                    oldest = ref place;
                    break;
                }

                if (place.UsedAt < oldest.UsedAt)
                    oldest = ref place;
            }

            oldest = new Place { Key = key.Value, UsedAt = _time.GetTimestamp(), Start = (short)start, IsTaken = true };
        }
    }

    private int BucketOf(ConversationKey key) => (int)(key.Value & (ulong)((_places.Length / Ways) - 1));

    private Span<Place> Bucket(int bucket) => _places.AsSpan(bucket * Ways, Ways);

    private struct Place
    {
        public ulong Key;
        public long UsedAt;
        public short Start;
        public bool IsTaken;
    }
}
