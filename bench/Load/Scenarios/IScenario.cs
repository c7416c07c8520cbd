using Gateway.Bench.Load.Report;

namespace Gateway.Bench.Load.Scenarios;

/// <summary>What is asked, how often, and which figures come out. One small class each.</summary>
public interface IScenario
{
    /// <summary>The name on the command line.</summary>
    string Name { get; }

    /// <summary>One sentence for the report, with the parameters in it.</summary>
    string Summary { get; }

    /// <summary>How fast the simulator answers, as arguments for it.</summary>
    IReadOnlyList<string> SimulatorArguments { get; }

    /// <summary>Whether answers are streams.</summary>
    bool Streams { get; }

    /// <summary>Tokens of each answer.</summary>
    int Tokens { get; }

    /// <summary>What comes before the first round.</summary>
    WarmUp WarmUp { get; }

    /// <summary>The ways it loads the target, in order.</summary>
    IReadOnlyList<Phase> Phases { get; }

    /// <summary>The figures it reports.</summary>
    IReadOnlyList<Column> Columns { get; }
}
