using System.Globalization;
using Gateway.Bench.Load.Scenarios;
using Gateway.Bench.Load.Targets;

namespace Gateway.Bench.Load;

/// <summary>What the command line asks for.</summary>
public sealed record BenchOptions
{
    /// <summary>What <c>--help</c> prints.</summary>
    public const string Usage =
        """
        usage: make bench ARGS='[options]'

          --quick             2 rounds of 2 s: a look, not a figure to quote
          --targets a,b       of: direct, nginx, bare-yarp, quiet-yarp, gateway (default all)
          --scenarios a,b     of: plain, burst, paced (default all)
          --rounds N          rounds, targets interleaved in each (default 5)
          --seconds S         length of a window (default 5)
          --rate N            arrivals per second of the latency phases (default 1000)
          --streams N         paced streams at a time (default 320)
          --no-build          take the Release builds as they are
          --gateway PATH      another Gateway.dll
          --simulator PATH    another Gateway.Simulator.dll
        """;

    /// <summary>Times each target is measured.</summary>
    public int Rounds { get; init; } = 5;

    /// <summary>Length of a window.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Arrivals per second of the latency phases.</summary>
    public int Rate { get; init; } = 1_000;

    /// <summary>Paced streams at a time.</summary>
    public int Streams { get; init; } = 320;

    /// <summary>Targets by name, in the order they take turns.</summary>
    public IReadOnlyList<string> Targets { get; init; } = TargetCatalog.Names;

    /// <summary>Scenarios by name.</summary>
    public IReadOnlyList<string> Scenarios { get; init; } = ScenarioCatalog.Names;

    /// <summary>Whether to build the processes under test first.</summary>
    public bool Build { get; init; } = true;

    /// <summary>Gateway.dll if not the one of this tree.</summary>
    public string? Gateway { get; init; }

    /// <summary>Gateway.Simulator.dll if not the one of this tree.</summary>
    public string? Simulator { get; init; }

    /// <summary>Reads the command line.</summary>
    /// <exception cref="FormatException">An option or a value that is not known; the message quotes it.</exception>
    public static BenchOptions Parse(IReadOnlyList<string> args)
    {
        var options = new BenchOptions();
        for (var i = 0; i < args.Count; i++)
        {
            var name = args[i];
            options = name switch
            {
                "--quick" => options with { Rounds = 2, Window = TimeSpan.FromSeconds(2) },
                "--no-build" => options with { Build = false },
                "--targets" => options with { Targets = Names(Next(), TargetCatalog.Names) },
                "--scenarios" => options with { Scenarios = Names(Next(), ScenarioCatalog.Names) },
                "--rounds" => options with { Rounds = Whole(Next()) },
                "--seconds" => options with { Window = TimeSpan.FromSeconds(Positive(Next())) },
                "--rate" => options with { Rate = Whole(Next()) },
                "--streams" => options with { Streams = Whole(Next()) },
                "--gateway" => options with { Gateway = Path.GetFullPath(Next()) },
                "--simulator" => options with { Simulator = Path.GetFullPath(Next()) },
                _ => throw new FormatException($"'{name}' is not an option"),
            };

            string Next() => ++i < args.Count ? args[i] : throw new FormatException($"{name} wants a value");
            double Positive(string text) =>
                double.TryParse(text, CultureInfo.InvariantCulture, out var value) && value > 0 && double.IsFinite(value)
                    ? value
                    : throw new FormatException($"{name} wants a number above 0, not '{text}'");
            int Whole(string text) =>
                int.TryParse(text, CultureInfo.InvariantCulture, out var value) && value > 0
                    ? value
                    : throw new FormatException($"{name} wants a whole number above 0, not '{text}'");
        }

        return options;
    }

    private static IReadOnlyList<string> Names(string text, IReadOnlyList<string> known)
    {
        var asked = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var unknown = asked.FirstOrDefault(name => !known.Contains(name));
        return unknown is null && asked.Length > 0
            ? [.. known.Where(asked.Contains)]
            : throw new FormatException($"'{unknown ?? text}' is not known; there are: {string.Join(", ", known)}");
    }
}
