using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using Gateway.Guarding;
using Gateway.Guardrails;
using Gateway.Hosting;
using Gateway.Tests.Running;

namespace Gateway.Tests.Guarding;

/// <summary>Finds a word wherever it stands, and fails where it is told to.</summary>
internal sealed class WordGuard(string word, string label = "name") : IGuard
{
    /// <summary>A text with which the guard fails.</summary>
    public const string Trap = "a trap";

    private readonly byte[] _word = Encoding.UTF8.GetBytes(word);

    public int Lookbehind => 0;

    public int Inspect(ReadOnlySpan<byte> text, in Passage passage, Findings found)
    {
        if (text.IndexOf(Encoding.UTF8.GetBytes(Trap)) >= 0)
            throw new InvalidOperationException(Encoding.UTF8.GetString(text));
        for (var at = 0; text[at..].IndexOf(_word) is var next and >= 0; at += next + _word.Length)
            found.Add(label, at + next, _word.Length);
        return text.Length;
    }
}

/// <summary>Policies in front of a gateway that runs.</summary>
internal static class Policies
{
    public static GuardStep Step(GuardAction action, string word = "Bob", string name = "names", bool restores = false, bool failsOpen = false) => new()
    {
        Name = name,
        Action = action,
        Local = new WordGuard(word),
        Restores = restores,
        FailsOpen = failsOpen,
    };

    public static GuardPolicy Policy(params ImmutableArray<GuardStep> input) => new("test", "1", input, []);

    /// <summary>From now on requests are guarded so.</summary>
    public static GatewayApplication Guard(this GatewayApplication gateway, GuardPolicy policy, bool passesOtherRoutes = false)
    {
        var none = FrozenDictionary<string, GuardPolicy>.Empty;
        return gateway.Guard(new GuardSetup(policy, none, none) { PassesOtherRoutes = passesOtherRoutes });
    }

    public static GatewayApplication Guard(this GatewayApplication gateway, GuardSetup setup)
    {
        var before = gateway.Live.Current;
        gateway.Live.Replace(new Blueprint(before.Options, before.Fleet, before.Catalog, before.Router, before.Upstreams)
        {
            Scorer = before.Scorer,
            Rules = before.Rules,
            Cache = before.Cache,
            Guards = setup,
        });
        return gateway;
    }
}
