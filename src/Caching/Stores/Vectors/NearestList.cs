namespace Gateway.Caching.Stores.Vectors;

/// <summary>The best so far of a search, best first.</summary>
/// <param name="most">How many it keeps.</param>
/// <param name="floor">What is below this is not kept.</param>
internal sealed class NearestList(int most, float floor)
{
    private readonly List<(float Similarity, VectorChunk Chunk, int At)> _best = new(most);

    /// <summary>What a similarity has to be above to be kept.</summary>
    public float Bar { get; private set; } = most > 0 ? float.BitDecrement(floor) : float.PositiveInfinity;

    public List<(float Similarity, VectorChunk Chunk, int At)> Best => _best;

    public void Offer(float similarity, VectorChunk chunk, int at)
    {
        var place = _best.Count;
        while (place > 0 && _best[place - 1].Similarity < similarity)
            place--;
        if (_best.Count == most)
            _best.RemoveAt(most - 1);
        _best.Insert(place, (similarity, chunk, at));
        if (_best.Count == most)
            Bar = _best[^1].Similarity;
    }
}
