using System.Collections.Concurrent;
using Gateway.Configuration;
using Gateway.Hosting;
using Gateway.Passthrough;

namespace Gateway.Tests.Malformed.Mutations;

/// <summary>Mutated bodies against everything that reads one, without a socket in between.</summary>
[Collection(nameof(Alone))]
public sealed class ReaderMutationTests
{
    private const ulong Seed = 20_261;

    [Fact]
    public void A_mutated_chat_request_is_refused_in_shape_or_spliced_into_the_same_request()
    {
        var reading = new ChatReading(new BlueprintBuilder(TimeProvider.System, new Random(1)).Build(Options));
        var accepted = Run(new Mutator(Seed, [.. SeedBodies.Whole, .. SeedBodies.Streamed]), 300_000, (_, body) => reading.Check(body));
        Assert.InRange(accepted, 75_000, 225_000);
    }

    [Fact]
    public void A_mutated_body_of_a_passed_route_names_one_model_or_is_refused_in_shape()
    {
        var accepted = Run(new Mutator(Seed + 1, SeedBodies.Passed), 100_000, (seed, body) =>
        {
            var (field, error) = ModelField.Find(body, seed.ContentType, 64);
            if (error is null)
            {
                Assert.Equal(field.Model, System.Text.Encoding.UTF8.GetString(field.IsJson ? Unquoted(body, field) : field.Value.In(body)));
                return true;
            }

            Assert.Equal(400, error.Status);
            Assert.Null(ErrorShape.FaultOf(error.ToJson()));
            return false;
        });
        Assert.InRange(accepted, 25_000, 90_000);
    }

    private static GatewayOptions Options => new()
    {
        Pools = new Dictionary<string, PoolOptions>
        {
            ["slm"] = new() { Model = "org/slm", Replicas = [new("http://127.0.0.1:1")], ContextTokens = 32768 },
            ["llm"] = new() { Model = "org/\"llm\" é", Replicas = [new("http://127.0.0.1:2")] },
        },
        Models = new Dictionary<string, ModelOptions> { ["auto"] = new() { Cascade = new CascadeOptions { Pools = ["slm", "llm"] } } },
    };

    private static byte[] Unquoted(byte[] body, ModelField field) =>
        System.Text.Encoding.UTF8.GetBytes(System.Text.Json.JsonSerializer.Deserialize<string>(field.Value.In(body))!);

    /// <summary>Runs every case; the check says whether the body was accepted.</summary>
    private static int Run(Mutator mutator, int cases, Func<SeedBody, byte[], bool> check)
    {
        var (accepted, failures) = (0, new ConcurrentQueue<string>());
        Parallel.For(0, cases, (number, loop) =>
        {
            var body = mutator.Make(number);
            try
            {
                if (check(mutator.SeedOf(number), body))
                    Interlocked.Increment(ref accepted);
            }
#pragma warning disable CA1031 // Whatever it throws is the finding, and is told with the body that brings it about.
            catch (Exception e)
#pragma warning restore CA1031 // Nothing else is caught.
            {
                failures.Enqueue($"case {number}, {e.GetType().Name}: {e.Message}\n{MutatedCase.Replay(mutator.SeedOf(number), body)}\n{e.StackTrace}");
                if (failures.Count > 4)
                    loop.Stop();
            }
        });
        Assert.True(failures.IsEmpty, string.Join("\n\n", failures));
        return accepted;
    }
}
