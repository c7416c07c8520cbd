namespace Gateway.Bench.Caching.Judging;

/// <summary>What a way of matching does at one bar.</summary>
/// <param name="Hits">Pairs that it would answer.</param>
/// <param name="False">Those of them that are not the same.</param>
/// <param name="Same">Pairs that are the same.</param>
/// <param name="Different">Pairs that are not.</param>
public readonly record struct Tally(int Hits, int False, int Same, int Different)
{
    /// <summary>Of the hits, the right ones.</summary>
    public double Precision => Hits == 0 ? 1 : 1 - (False / (double)Hits);

    /// <summary>Of the pairs that are the same, those that hit.</summary>
    public double Recall => Same == 0 ? 0 : (Hits - False) / (double)Same;

    /// <summary>Of the pairs that are not the same, those that hit all the same.</summary>
    public double Fooled => Different == 0 ? 0 : False / (double)Different;

    public static Tally Of(IEnumerable<Scored> pairs, Func<Scored, bool> isHit)
    {
        var (hits, wrong, same, different) = (0, 0, 0, 0);
        foreach (var pair in pairs)
        {
            same += pair.Pair.IsSame ? 1 : 0;
            different += pair.Pair.IsSame ? 0 : 1;
            if (!isHit(pair))
                continue;
            hits++;
            wrong += pair.Pair.IsSame ? 0 : 1;
        }

        return new Tally(hits, wrong, same, different);
    }
}
