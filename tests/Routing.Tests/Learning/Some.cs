using System.Text;
using Gateway.Routing.Complexity.Features;
using Gateway.Routing.Learning;

namespace Gateway.Routing.Tests.Learning;

/// <summary>Outcomes to learn from: what a test does not name does not matter to it.</summary>
internal static class Some
{
    public const uint Artefact = 0xA;

    private static readonly string[] Hard = ["Prove that the sequence converges", "Derive the closed form of this integral", "Show why the lemma fails for primes"];
    private static readonly string[] Easy = ["Translate this menu into German", "Suggest a name for my cat", "List five fruits that are red"];

    public static Sketch Sketch(string ask, float score = 0)
    {
        using var features = PromptFeatures.Read(Encoding.UTF8.GetBytes(ask), default);
        var bytes = new byte[Routing.Learning.Sketch.MostBytes];
        return Routing.Learning.Sketch.Read(bytes.AsSpan(0, Routing.Learning.Sketch.Write(bytes, score, features)))!;
    }

    public static Outcome Outcome(
        ulong request = 1, OutcomeKind kind = OutcomeKind.Judged, float? small = null, float? large = null, string ask = "Hi", float score = 0,
        bool isLarge = false, long at = 0, uint version = 0) => new()
        {
            Request = request,
            Kind = kind,
            At = at,
            IsLarge = isLarge,
            Small = small,
            Large = large,
            Version = version,
            Artefact = Artefact,
            Sketch = Sketch(ask, score),
        };

    /// <summary>A workload where the small model fails on mathematics, and the default believes the contrary or anything.</summary>
    public static List<Outcome> Workload(int count, Random chance, OutcomeKind kind = OutcomeKind.Judged)
    {
        var outcomes = new List<Outcome>();
        for (var i = 0; i < count; i++)
        {
            var isHard = chance.Next(2) == 0;
            var ask = Ask(isHard, chance);
            var (small, large) = (isHard == (chance.NextDouble() < 0.9) ? 0f : 1f, 1f);
            var isLarge = chance.Next(2) == 0;
            outcomes.Add(Outcome((ulong)i, kind, kind == OutcomeKind.Feedback && isLarge ? null : small, kind == OutcomeKind.Feedback && !isLarge ? null : large, ask,
                (float)chance.NextDouble(), isLarge));
        }

        return outcomes;
    }

    public static string Ask(bool isHard, Random chance) =>
        $"{(isHard ? Hard : Easy)[chance.Next(3)]} {chance.Next(1000)} {(char)('a' + chance.Next(26))}";
}
