using System.Globalization;

namespace Gateway.Bench.Overload;

/// <summary>What the command line asks for.</summary>
public sealed record StudyOptions
{
    /// <summary>How long each load lasts.</summary>
    public TimeSpan Length { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The load as a multiple of the capacity.</summary>
    public double Factor { get; init; } = 5;

    /// <summary>An answer whose first token takes longer is worth nothing.</summary>
    public TimeSpan Objective { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long callers stay.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <exception cref="FormatException">An argument is none of these, or its value no number.</exception>
    public static StudyOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new StudyOptions();
        for (var i = 0; i + 1 < arguments.Count; i += 2)
        {
            var value = double.Parse(arguments[i + 1], CultureInfo.InvariantCulture);
            options = arguments[i] switch
            {
                "--seconds" => options with { Length = TimeSpan.FromSeconds(value) },
                "--factor" => options with { Factor = value },
                "--objective" => options with { Objective = TimeSpan.FromSeconds(value) },
                _ => throw new FormatException($"{arguments[i]} is none of --seconds, --factor, --objective"),
            };
        }

        return options;
    }
}
