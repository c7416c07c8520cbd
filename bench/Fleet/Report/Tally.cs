using Gateway.Bench.Fleet.Loads;
using Gateway.Simulator.Metrics;

namespace Gateway.Bench.Fleet.Report;

/// <summary>What a run came to.</summary>
internal sealed class Tally
{
    private readonly List<double> _firstTokens = [];
    private int _good;
    private long _queries, _hits;

    public TimeSpan Measured { get; set; }

    /// <summary>Requests sent to a replica.</summary>
    public int Offered { get; set; }

    /// <summary>Requests turned away.</summary>
    public int Rejected { get; set; }

    /// <summary>Answers completed in a second.</summary>
    public double Throughput => _firstTokens.Count / Measured.TotalSeconds;

    /// <summary>Of those, the ones that began within the objective.</summary>
    public double Goodput => _good / Measured.TotalSeconds;

    /// <summary>Share of the prompts' tokens that the engines had cached.</summary>
    public double HitRate => _queries == 0 ? 0 : (double)_hits / _queries;

    public void Add(Job job, TimeSpan objective)
    {
        _firstTokens.Add(job.FirstToken.TotalSeconds);
        _good += job.FirstToken <= objective ? 1 : 0;
    }

    public void Count(EngineCounters counters)
    {
        _queries += counters.CacheQueries;
        _hits += counters.CacheHits;
    }

    /// <summary>Seconds to the first token that so large a share of the answers began within.</summary>
    public double FirstToken(double share)
    {
        if (_firstTokens.Count == 0)
            return double.NaN;
        _firstTokens.Sort();
        return _firstTokens[Math.Max(0, (int)Math.Ceiling(share * _firstTokens.Count) - 1)];
    }
}
