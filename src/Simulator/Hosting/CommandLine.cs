using Gateway.Simulator.Faults;

namespace Gateway.Simulator.Hosting;

/// <summary>Reads the arguments. Every error is reported at once, with the value and what would do.</summary>
internal static class CommandLine
{
    private const string Help =
        """
        A vLLM that needs no GPU.

          --model NAME               served name (Qwen/Qwen3-8B)
          --host ADDRESS             IP address to listen on (127.0.0.1)
          --port PORT                0 picks a free one (8000)
          --preset NAME              instant, paced, 8b or 744b (instant)
          --decode-interval TIME     time between tokens of the paced preset, such as 20ms
          --time-scale NUMBER        virtual seconds per real second (1)
          --max-model-len N          prompt and answer together, in tokens (32768)
          --answer-tokens N          length of an answer (24)
          --reasoning-tokens N       tokens of thought before it (0)
          --api-key KEY              bearer token asked for under /v1
          --shutdown-timeout SECONDS 0 aborts on SIGTERM, more drains (0)
          --fault FAULT              the fault of every request
          --seed N                   varies the answers (0)
          --dialect NAME             errors of vLLM's python or rust server (python)
          --burst                    one write per batch of ready tokens instead of one per chunk

        Faults:
        """;

    /// <summary>Reads the arguments. With --help, <paramref name="order"/> is null and <paramref name="answer"/> the help text.</summary>
    public static bool TryRead(string[] args, out StartOrder? order, out string answer)
    {
        order = null;
        answer = $"{Help} {FaultText.Forms}\n";
        if (args.Contains("--help") || args.Contains("-h")) return true;
        var errors = new List<string>();
        var reader = new ArgumentReader(args, errors);
        var options = Options(reader);
        Fault? fault = null;
        if (reader.Text("--fault") is { } text && !Fault.TryParse(text, out fault)) errors.Add(FaultText.Refusal(text));
        reader.RefuseUnknown();
        if (errors.Count == 0)
        {
            order = new StartOrder(options, fault);
            return true;
        }
        answer = string.Join('\n', errors);
        return false;
    }

    private static SimulatorOptions Options(ArgumentReader reader)
    {
        var defaults = new SimulatorOptions();
        return new SimulatorOptions
        {
            Model = reader.Text("--model") ?? defaults.Model,
            Listen = new Uri($"http://{reader.Address("--host") ?? "127.0.0.1"}:{reader.Number("--port", 0, 65535) ?? 8000}"),
            Performance = Performance(reader),
            TimeScale = reader.Real("--time-scale") ?? defaults.TimeScale,
            MaxModelLen = reader.Number("--max-model-len", 2, int.MaxValue) ?? defaults.MaxModelLen,
            AnswerTokens = reader.Number("--answer-tokens", 1, int.MaxValue) ?? defaults.AnswerTokens,
            ReasoningTokens = reader.Number("--reasoning-tokens", 0, int.MaxValue) ?? defaults.ReasoningTokens,
            ApiKey = reader.Text("--api-key"),
            ShutdownTimeout = TimeSpan.FromSeconds(reader.Number("--shutdown-timeout", 0, 86400) ?? 0),
            Seed = reader.Number("--seed", int.MinValue, int.MaxValue) ?? defaults.Seed,
            Dialect = reader.Choice("--dialect", "python", "rust") == "rust" ? ErrorDialect.Rust : ErrorDialect.Python,
            FlushEachChunk = !reader.Flag("--burst"),
        };
    }

    private static PerformanceModel Performance(ArgumentReader reader)
    {
        var model = PerformanceModel.Named(reader.Choice("--preset", "instant", "paced", "8b", "744b") ?? "instant")!;
        return reader.Text("--decode-interval") is { } text && reader.Interval(text) is { } interval ? PerformanceModel.Paced(interval) : model;
    }
}
