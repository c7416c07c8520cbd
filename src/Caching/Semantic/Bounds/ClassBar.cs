namespace Gateway.Caching.Semantic.Bounds;

/// <summary>One class: its verdicts and the bar they make. Safe for threads.</summary>
internal sealed class ClassBar
{
    /// <summary>Of the right verdicts so much is kept when a class turned bad.</summary>
    private const float Kept = 0.1f;

    private readonly Lock _gate = new();
    private readonly VerdictCounts _verdicts = new();
    private readonly Wariness _wariness = new();
    private readonly float _configured;
    private readonly BoundSettings _settings;
    private volatile float _bar;
    private volatile float _total;
    private volatile bool _isWary = true;
    private long _right;
    private long _wrong;

    public ClassBar(float configured, BoundSettings settings)
    {
        (_configured, _settings) = (configured, settings);
        _bar = settings.Proofs > 0 ? BarRule.Closed : configured;
    }

    public float Bar => _bar;

    public float Configured => _configured;

    /// <summary>Verdicts that it remembers.</summary>
    public float Total => _total;

    /// <summary>Whether more than usual is checked.</summary>
    public bool IsWary => _isWary;

    public void Learn(float similarity, bool wasRight, bool wasHit, DateTimeOffset now)
    {
        lock (_gate)
        {
            _verdicts.Add(similarity, wasRight, now, _settings);
            if (wasRight)
                _right++;
            else
                _wrong++;
            if (wasHit && _wariness.Hear(wasRight, _settings.Bearable))
                _verdicts.ForgetTheRight(Kept);
            Settle();
        }
    }

    public ClassReport Report(AskClass asks)
    {
        lock (_gate)
            return new ClassReport(asks.ToString(), _bar, _configured, _isWary, _right, _wrong, WrongAmongHits());
    }

    /// <summary>All that has to outlive the process.</summary>
    public ClassMemory Remember(AskClass asks)
    {
        lock (_gate)
            return new ClassMemory(asks, [.. _verdicts.Right], [.. _verdicts.Wrong], _verdicts.FadedAt, _wariness.Sum, _right, _wrong);
    }

    public void Recall(ClassMemory memory)
    {
        lock (_gate)
        {
            memory.Right.CopyTo(_verdicts.Right);
            memory.Wrong.CopyTo(_verdicts.Wrong);
            (_verdicts.FadedAt, _wariness.Sum, _right, _wrong) = (memory.FadedAt, memory.Wariness, memory.RightEver, memory.WrongEver);
            Settle();
        }
    }

    private void Settle()
    {
        _total = (float)_verdicts.Total;
        _isWary = _wariness.IsRaised || _total < LearnedBars.Enough;
        _bar = IsProved ? BarRule.Choose(_verdicts, _configured, _settings) : BarRule.Closed;
    }

    private bool IsProved
    {
        get
        {
            if (_settings.Proofs == 0)
                return true;
            var seen = 0f;
            for (var bin = VerdictCounts.BinOf(_configured); bin < VerdictCounts.Bins; bin++)
                seen += _verdicts.Right[bin] + _verdicts.Wrong[bin];
            return seen >= Math.Min(_settings.Proofs, _settings.Memory / 2);
        }
    }

    /// <summary>The share of wrong ones among the verdicts at or above the bar; null without any.</summary>
    private double? WrongAmongHits()
    {
        var (wrong, all) = (0.0, 0.0);
        for (var bin = VerdictCounts.BinOf(_bar); bin < VerdictCounts.Bins && _bar <= 1; bin++)
        {
            wrong += _verdicts.Wrong[bin];
            all += _verdicts.Right[bin] + _verdicts.Wrong[bin];
        }

        return all > 0 ? wrong / all : null;
    }
}

/// <summary>What an operator sees of a class.</summary>
/// <param name="Class">Its name.</param>
/// <param name="Bar">Its bar; above 1 it gives no answers.</param>
/// <param name="Configured">The bar before anything was learned.</param>
/// <param name="IsWary">Whether more than usual is checked.</param>
/// <param name="Right">Candidates that were found right, ever.</param>
/// <param name="Wrong">Those found wrong, ever.</param>
/// <param name="WrongShare">The share of wrong ones among what is remembered at or above the bar; null without any.</param>
public sealed record ClassReport(string Class, float Bar, float Configured, bool IsWary, long Right, long Wrong, double? WrongShare);
