using System.Diagnostics;
using System.Text;
using Gateway.Completions.Prompts;
using Gateway.Protocol;
using Gateway.Routing;
using Gateway.Routing.Balancing;
using Gateway.Routing.Health;

namespace Gateway.Bench.Fleet.Timing;

/// <summary>Times what a request pays for being picked for: its blocks, the pick, and remembering where it went.</summary>
internal static class PickTiming
{
    private const int Replicas = 64, Rounds = 400, PromptBytes = 400_000;

    public static void Print(TextWriter output)
    {
        output.WriteLine($"{Replicas} replicas, a prompt of {PromptBytes / BlockHasher.BytesPerToken:#,0} tokens, microseconds");
        output.WriteLine();
        output.WriteLine("| step | p50 | p99 |");
        output.WriteLine("|---|---:|---:|");
        var body = Body();
        var request = ChatRequestReader.Read(body, 64).Request!;
        Time(output, "blocks of the prompt", () => PromptBlocks.Read(body, request).Dispose());
        using var prompt = PromptBlocks.Read(body, request);
        foreach (var policy in (string[])["cost", "prefix_hash", "least_busy", "round_robin"])
        {
            Time(output, $"pick by {policy}, prompt on no replica", Picking(policy, prompt.Request, 0));
            Time(output, $"pick by {policy}, half of the prompt on half of them", Picking(policy, prompt.Request, prompt.Request.Blocks.Length / 2));
        }

        var replica = Fleet(prompt.Request, 0)[0];
        var (forecast, blocks) = (new Forecast(100_000, 0, 0, 0), prompt.Request.Blocks);
        Time(output, "enter and leave the replica picked", () =>
        {
            var ahead = replica.Enter(forecast, blocks.Span, streams: true);
            replica.Begin(forecast, streams: true, ahead, TimeSpan.FromSeconds(1));
            replica.Leave(forecast);
        });
    }

    private static Action Picking(string policy, PickRequest request, int shared)
    {
        var picker = ReplicaPickers.Create(policy, new PickerSettings(new Random(1), TimeProvider.System, TimeSpan.FromSeconds(2)));
        var pool = new Pool("pool", "model", null, [.. Fleet(request, shared)], picker);
        return () => pool.Pick([], request: request);
    }

    /// <summary>Replicas whose memories are full of other prompts.</summary>
    private static Replica[] Fleet(PickRequest request, int shared)
    {
        var chance = new Random(1);
        var others = new ulong[PrefixMemory.DefaultTokens / PickRequest.TokensPerBlock];
        var replicas = new Replica[Replicas];
        for (var i = 0; i < Replicas; i++)
        {
            var breaker = new CircuitBreaker(new BreakerSettings(3, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30)), TimeProvider.System);
            replicas[i] = new Replica(new Uri($"http://10.0.0.{i + 1}:8000/"), breaker);
            for (var block = 0; block < others.Length; block++)
                others[block] = (ulong)chance.NextInt64();
            replicas[i].Prefixes.Remember(others);
            if (i % 2 == 0)
                replicas[i].Prefixes.Remember(request.Blocks.Span[..shared]);
        }

        return replicas;
    }

    private static byte[] Body()
    {
        var chance = new Random(1);
        var text = new StringBuilder(PromptBytes);
        while (text.Length < PromptBytes)
            text.Append((char)('a' + chance.Next(26)));
        return Encoding.UTF8.GetBytes($$"""{"model":"m","messages":[{"role":"user","content":"{{text}}"}]}""");
    }

    private static void Time(TextWriter output, string what, Action step)
    {
        for (var i = 0; i < Rounds; i++)
            step();
        var took = new double[Rounds];
        for (var i = 0; i < Rounds; i++)
        {
            var started = Stopwatch.GetTimestamp();
            step();
            took[i] = Stopwatch.GetElapsedTime(started).TotalMicroseconds;
        }

        Array.Sort(took);
        output.WriteLine($"| {what} | {took[Rounds / 2]:0.0} | {took[(Rounds * 99 / 100) - 1]:0.0} |");
    }
}
