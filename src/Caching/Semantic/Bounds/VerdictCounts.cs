namespace Gateway.Caching.Semantic.Bounds;

/// <summary>Right and wrong verdicts of a class by similarity, fading with number and time. Not safe for threads; its owner locks.</summary>
internal sealed class VerdictCounts
{
    /// <summary>Similarity from 0.5 to 1 in steps of 0.01; what is less counts as 0.5.</summary>
    public const int Bins = 51;

    private const double Least = 0.5, Width = 0.01;

    public float[] Right { get; } = new float[Bins];

    public float[] Wrong { get; } = new float[Bins];

    /// <summary>When they last faded.</summary>
    public DateTimeOffset FadedAt { get; set; }

    public static int BinOf(float similarity) => Math.Clamp((int)Math.Floor(((similarity - Least) / Width) + 1e-4), 0, Bins - 1);

    /// <summary>The lowest similarity of a bin.</summary>
    public static float FloorOf(int bin) => (float)(Least + (bin * Width));

    public double Total
    {
        get
        {
            var total = 0.0;
            for (var bin = 0; bin < Bins; bin++)
                total += Right[bin] + Wrong[bin];
            return total;
        }
    }

    public void Add(float similarity, bool wasRight, DateTimeOffset now, BoundSettings settings)
    {
        var passed = now - FadedAt;
        var byTime = FadedAt == default || passed <= TimeSpan.Zero ? 1 : Math.Pow(0.5, passed / settings.HalfLife);
        FadedAt = now;
        var byNumber = Math.Min(1, (settings.Memory - 1) / Math.Max(1, Total));
        Scale((float)Math.Min(byTime, byNumber), (float)Math.Min(byTime, byNumber));
        (wasRight ? Right : Wrong)[BinOf(similarity)]++;
    }

    /// <summary>What was right before says little any more.</summary>
    public void ForgetTheRight(float keep) => Scale(keep, 1);

    private void Scale(float right, float wrong)
    {
        if (right == 1 && wrong == 1)
            return;
        for (var bin = 0; bin < Bins; bin++)
        {
            Right[bin] *= right;
            Wrong[bin] *= wrong;
        }
    }
}
