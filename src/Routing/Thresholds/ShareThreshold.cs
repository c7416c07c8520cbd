namespace Gateway.Routing.Thresholds;

/// <summary><c>llm_share</c>: the large pool answers a given share of the requests, those that score highest of late.</summary>
/// <remarks>
/// A score is hard when its quantile in the window is above <c>1 - share</c>. A quantile alone does not hold a share when scores
/// rise or fall for long, so what was sent up beyond the share is kept as a debt, which moves the bar and, at its limit, decides
/// alone. The debt stays within ±<see cref="DebtLimit"/> whatever order scores arrive in, hence over any 1,000 requests in a row
/// the share is held to ±3 points. The floor and held conversations are exempt from the limit and still counted, so that others
/// make up for them.
/// </remarks>
public sealed class ShareThreshold : IThreshold
{
    /// <summary>Scores a window remembers. 500 to 2,000 held the share equally well in replay; this is between.</summary>
    public const int WindowSize = 1000;

    /// <summary>Requests by which the share may be over- or underspent: 2 · 15 over 1,000 requests are 3 points.</summary>
    private const double DebtLimit = 15;

    /// <summary>How far beyond the limit exempt requests may carry the debt before they are forgiven.</summary>
    private const double ForgivenDebt = 10 * DebtLimit;

    /// <summary>How much of the window a seed fills, so that one's own traffic soon outweighs it.</summary>
    private const int SeedSize = 200;

    private readonly Lock _lock;
    private readonly IShareTarget _target;
    private readonly double _floor;
    private ScoreWindow _window;
    private ScoreWindow? _shared;
    private double _debt;

    /// <param name="target">The share to hold.</param>
    /// <param name="floor">Score from which the large pool answers whatever the share; above 1 for none.</param>
    /// <param name="seed">Scores at evenly spaced quantiles of what the scorer usually says, ascending; may be empty.</param>
    public ShareThreshold(IShareTarget target, double floor, ReadOnlySpan<float> seed)
    {
        (_lock, _target, _floor, _window) = (new Lock(), target, floor, new ScoreWindow(WindowSize));
        _window.Seed(seed, SeedSize);
    }

    /// <summary>A threshold that goes on where another one stands, with its own target and floor; requests under way may still ask the other.</summary>
    public ShareThreshold(IShareTarget target, double floor, ShareThreshold before)
    {
        // One window, so one lock.
        (_lock, _target, _floor, _window) = (before._lock, target, floor, before._window);
        (_shared, _debt, HasDecided) = (before._shared, before._debt, before.HasDecided);
    }

    /// <summary>Whether it has decided for a request, here or in the threshold that it goes on from.</summary>
    public bool HasDecided { get; private set; }

    public ThresholdVerdict Decide(double score, bool isHeld = false)
    {
        lock (_lock)
        {
            var share = _target.Share;
            var verdict = Judge(score, share);
            if (isHeld && !verdict.IsHard)
                verdict = verdict with { IsHard = true, Cause = ThresholdCause.Held };
            _window.Add(score);
            HasDecided = true;
            Owe((verdict.IsHard ? 1 : 0) - share);
            return verdict;
        }
    }

    public ThresholdVerdict Look(double score)
    {
        lock (_lock)
            return Judge(score, _target.Share);
    }

    public void NoteEscalation()
    {
        lock (_lock)
            Owe(1);
    }

    public void NoteUsage(int prompt, int cached, int completion) => _target.NoteUsage(prompt, cached, completion);

    /// <summary>The window and the debt, to go on from after a restart.</summary>
    public byte[] Save()
    {
        lock (_lock)
            return [.. BitConverter.GetBytes(_debt), .. _window.Save()];
    }

    /// <summary>Goes on from what was saved instead of the seed; bytes that nothing saved change nothing.</summary>
    public void Load(ReadOnlySpan<byte> saved)
    {
        if (saved.Length < sizeof(double) || BitConverter.ToDouble(saved) is not (>= -ForgivenDebt and <= ForgivenDebt))
            return;
        lock (_lock)
        {
            _debt = BitConverter.ToDouble(saved);
            _window = new ScoreWindow(WindowSize);
            _window.Load(saved[sizeof(double)..]);
        }
    }

    /// <summary>
    /// Takes the windows of other gateways that serve the same model, as they saved them: from now on a score's quantile is among
    /// theirs and ours. Debts stay each gateway's own, since shares that are held everywhere are held together.
    /// </summary>
    public void Share(IReadOnlyList<byte[]> others)
    {
        var all = new ScoreWindow(WindowSize * (others.Count + 1));
        foreach (var other in others)
            all.Load(other.AsSpan(Math.Min(sizeof(double), other.Length)));
        lock (_lock)
        {
            all.Load(_window.Save());
            _shared = others.Count == 0 ? null : all;
        }
    }

    private ThresholdVerdict Judge(double score, double share)
    {
        var quantile = (_shared ?? _window).QuantileOf(score);
        // Spread over a quarter of the window, the debt bends the bar long before its limit has to decide.
        var bar = Math.Clamp(1 - share + (_debt * 4 / WindowSize), 0, 1);
        if (score >= _floor)
            return new ThresholdVerdict(true, ThresholdCause.Floor, bar, quantile);
        if (_debt + 1 - share > DebtLimit)
            return new ThresholdVerdict(false, ThresholdCause.ShareSpent, bar, quantile);
        if (_debt - share < -DebtLimit)
            return new ThresholdVerdict(true, ThresholdCause.ShareUnused, bar, quantile);
        return new ThresholdVerdict(quantile >= bar && share > 0, ThresholdCause.Score, bar, quantile);
    }

    private void Owe(double requests) => _debt = Math.Clamp(_debt + requests, -ForgivenDebt, ForgivenDebt);
}
