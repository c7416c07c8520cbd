using System.Collections.Frozen;
using System.Text;

namespace Gateway.Routing.Complexity;

/// <summary>English words by the kind of work they announce, looked up by hash without a string.</summary>
/// <remarks>FNV-1a over lower-case letters; the constructor refuses a list in which two words collide.</remarks>
internal static class Lexicon
{
    public const uint EmptyWord = 2166136261;

    private const string ReasoningWords =
        "prove proof derive why explain analyze analyse evaluate compare contrast justify argue critique tradeoff tradeoffs "
        + "optimize optimise optimal optimization design architect architecture strategy plan diagnose debug investigate reason "
        + "reasoning deduce infer infers hypothesis implications step steps carefully rigorous rigorously complexity "
        + "counterexample contradiction refactor migrate synthesize assess algorithm algorithms concurrency deadlock puzzle";

    private const string MathWords =
        "integral derivative equation equations polynomial matrix matrices eigenvalue probability theorem lemma modulo prime "
        + "primes integer integers triangle circle radius angle angles velocity momentum voltage entropy logarithm sqrt frac sum "
        + "product permutations combinations expected variance remainder divisible solve calculate compute maximize minimize";

    private const string CodeWords =
        "function class def import return async await struct interface python javascript typescript rust golang java sql select "
        + "join regex api endpoint http json yaml kubernetes docker terraform compiler runtime exception stacktrace traceback null "
        + "pointer thread mutex recursion unittest pytest bug implement implementation code script const var void int bool lambda";

    private const string ConstraintWords =
        "must exactly without unless except least most ensure only never always every each both neither given assume assuming "
        + "subject constraint constraints requirements following respectively simultaneously";

    private const string SmallTalkWords = "hi hello hey thanks thank bye goodbye yes no ok okay please sorry morning evening";

    private const string LookupWords = "capital who when where define meaning translate spell synonym name list convert weather date";

    private static readonly FrozenDictionary<uint, WordKind> Words = Build();

    public static uint Extend(uint word, byte lowerCaseLetter) => (word ^ lowerCaseLetter) * 16777619;

    public static WordKind KindOf(uint word) => Words.GetValueOrDefault(word);

    private static FrozenDictionary<uint, WordKind> Build()
    {
        var words = new Dictionary<uint, WordKind>();
        Learn(ReasoningWords, WordKind.Reasoning);
        Learn(MathWords, WordKind.Math);
        Learn(CodeWords, WordKind.Code);
        Learn(ConstraintWords, WordKind.Constraint);
        Learn(SmallTalkWords, WordKind.SmallTalk);
        Learn(LookupWords, WordKind.Lookup);
        return words.ToFrozenDictionary();

        void Learn(string list, WordKind kind)
        {
            foreach (var text in list.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                words.Add(Encoding.ASCII.GetBytes(text).Aggregate(EmptyWord, Extend), kind);
        }
    }
}
