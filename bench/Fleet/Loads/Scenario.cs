using Gateway.Simulator;

namespace Gateway.Bench.Fleet.Loads;

/// <summary>Who asks what, of which model.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Model">What the replicas run.</param>
/// <param name="SessionsPerSecond">Sessions that begin in a second, for each replica, where arrivals do not wait for answers.</param>
/// <param name="Clients">Sessions under way at a time, for each replica, where one begins when one ends.</param>
/// <param name="Objective">How soon an answer shall begin to count as good.</param>
/// <param name="Open">Makes what draws sessions.</param>
internal sealed record Scenario(
    string Name, PerformanceModel Model, double SessionsPerSecond, int Clients, TimeSpan Objective, Func<Random, Func<Session>> Open)
{
    public static readonly Scenario[] All =
    [
        new("chat", PerformanceModel.Small8B, 3.5, 48, TimeSpan.FromSeconds(2), Chat),
        new("agents", PerformanceModel.Large744B, 0.10, 12, TimeSpan.FromSeconds(4), Agents),
        new("unique", PerformanceModel.Small8B, 8, 64, TimeSpan.FromSeconds(2), Unique),
        new("mixed", PerformanceModel.Large744B, 0.9, 24, TimeSpan.FromSeconds(4), Mixed),
    ];

    /// <summary>150 groups of users, each with instructions of 6,000 tokens, ask 1,200 tokens: llm-d's shared-prefix load, with shorter answers.</summary>
    private static Func<Session> Chat(Random chance)
    {
        var instructions = Texts.Many(150, 6_000, chance);
        return () => new Session(
            Texts.Append(instructions[chance.Next(instructions.Length)], 1_200, chance), 1, 0, chance.Next(100, 301), TimeSpan.Zero, chance);
    }

    /// <summary>
    /// Coding agents: three kinds, each with instructions and tools of 10,000 tokens, on a repository of its own of 5,000; 4 to 20 turns, each
    /// with 1,500 tokens of tool results, two seconds after the answer before.
    /// </summary>
    private static Func<Session> Agents(Random chance)
    {
        var tools = Texts.Many(3, 10_000, chance);
        return () => new Session(
            Texts.Append(tools[chance.Next(tools.Length)], 5_000, chance), chance.Next(4, 21), 1_500, chance.Next(100, 301), TimeSpan.FromSeconds(2), chance);
    }

    /// <summary>Prompts of 500 to 3,500 tokens that nobody has sent before.</summary>
    private static Func<Session> Unique(Random chance) =>
        () => new Session(Texts.Append([], chance.Next(500, 3_501), chance), 1, 0, chance.Next(100, 301), TimeSpan.Zero, chance);

    /// <summary>Of ten sessions one is an agent's, five are chats, four are unique.</summary>
    private static Func<Session> Mixed(Random chance)
    {
        var (chat, agents, unique) = (Chat(chance), Agents(chance), Unique(chance));
        return () => chance.Next(10) switch
        {
            0 => agents(),
            < 6 => chat(),
            _ => unique(),
        };
    }
}
