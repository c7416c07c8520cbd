using System.Diagnostics;
using System.Text;
using Gateway.Cache;
using Gateway.Caching;
using Gateway.Completions;
using Gateway.Configuration;
using Gateway.Hosting;
using Gateway.Protocol;
using Microsoft.AspNetCore.Http;

namespace Gateway.Bench.Caching.Hits;

/// <summary>What an exact look takes inside the process, step by step: one pass over the body, its keys, the look at the memory.</summary>
public static class ExactTimes
{
    private const int Rounds = 500;

    /// <summary>Until what runs has been compiled for good.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(1.5);

    private const string Sentence = "The meeting went over the figures of the quarter, item by item, and what is open was given to somebody. ";

    private static readonly CachePolicy Policy = new(false, null, []);

    /// <param name="output">Where the table goes.</param>
    /// <param name="sizes">Lengths of bodies, in bytes.</param>
    public static async Task WriteAsync(TextWriter output, params int[] sizes)
    {
        output.WriteLine("| body | asks by meaning too | the pass over the body | its keys | the look at the memory | keys and look |");
        output.WriteLine("|---|---|---|---|---|---|");
        foreach (var size in sizes)
        {
            await WriteAsync(output, size, Blueprint(null));
            await WriteAsync(output, size, Blueprint(new SemanticOptions()));
        }
    }

    private static async Task WriteAsync(TextWriter output, int size, Blueprint blueprint)
    {
        var body = Body(size);
        var (setup, exchange) = (blueprint.Cache!, ExchangeOf(blueprint, body));
        var question = RequestScope.QuestionOf(exchange, setup, Policy);
        var facts = new EntryFacts(question.Owner, question.Model, [], DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddHours(1));
        await setup.Answers.Answers.SetAsync(question.Exact, new CachedAnswer(new byte[600], "slm", "m", 12, 34, facts), default);
        var times = Math.Clamp(400_000 / size, 2, 200);
        var pass = Time(times, () => ChatRequestReader.Read(body, 64, withMembers: true));
        var keys = Time(times, () => RequestScope.QuestionOf(exchange, setup, Policy));
        var look = Time(2_000, () => Hit(setup, question));
        var both = Time(times, () => Hit(setup, RequestScope.QuestionOf(exchange, setup, Policy)));
        output.WriteLine($"| {size:N0} bytes | {(setup.Answers.IsSemantic ? "yes" : "no")} | {pass} | {keys} | {look} | {both} |");
    }

    private static void Hit(CacheSetup setup, CacheQuestion question)
    {
        var looking = setup.Answers.LookUpAsync(question, default);
        if (!looking.IsCompletedSuccessfully || looking.Result is not CacheLookup.Hit)
            throw new InvalidOperationException("it is in memory");
    }

    private static Blueprint Blueprint(SemanticOptions? semantic) => new BlueprintBuilder(TimeProvider.System, new Random(1)).Build(new GatewayOptions
    {
        Pools = new Dictionary<string, PoolOptions> { ["slm"] = new() { Model = "m", Replicas = [new Uri("http://127.0.0.1:8000")] } },
        Cache = new CacheOptions { Semantic = semantic },
        State = new StateOptions { Directory = ":memory:" },
    });

    private static Exchange ExchangeOf(Blueprint blueprint, byte[] body)
    {
        var request = ChatRequestReader.Read(body, 64, withMembers: true).Request!;
        var http = new DefaultHttpContext();
        http.Request.Headers.Authorization = "Bearer sk-0123456789abcdef0123456789abcdef";
        var route = blueprint.Catalog.Find(request.Model)!;
        return new Exchange(http, blueprint, "req-1", 0) { Body = new RequestBody(body, body.Length), Request = request, Asked = route, Route = route };
    }

    /// <summary>A conversation: a system prompt that fills the body, and one ask of 100 bytes.</summary>
    private static byte[] Body(int size)
    {
        const string Head = """{"model":"slm","temperature":0.7,"max_tokens":400,"messages":[{"role":"system","content":" """;
        const string Tail = """ "},{"role":"user","content":"Who was told to send the figures of the last quarter to the auditors, and by which day of the month?"}]}""";
        var filling = new StringBuilder(size);
        while (filling.Length < size)
            filling.Append(Sentence);
        filling.Length = size - Head.Length - Tail.Length;
        return Encoding.UTF8.GetBytes(Head + filling + Tail);
    }

    /// <summary>What one takes in the fastest of many short rounds, since what else runs on the machine can only add, and in the median round.</summary>
    private static string Time(int times, Action one)
    {
        for (var from = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(from) < Settling;)
            one();
        var rounds = new double[Rounds];
        for (var round = 0; round < Rounds; round++)
        {
            var from = Stopwatch.GetTimestamp();
            for (var i = 0; i < times; i++)
                one();
            rounds[round] = Stopwatch.GetElapsedTime(from).TotalMicroseconds / times;
        }

        Array.Sort(rounds);
        return $"{rounds[0]:0.0#} µs ({rounds[Rounds / 2]:0.0#})";
    }
}
