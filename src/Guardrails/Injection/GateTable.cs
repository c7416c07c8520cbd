using System.Runtime.CompilerServices;

namespace Gateway.Guardrails.Injection;

/// <summary>What is known of a word before anything is judged: its weight in the gate, and what it gives away.</summary>
/// <remarks>One lookup a word serves both: the lower byte of an entry is the weight, the upper the <see cref="Hint"/>s.</remarks>
public sealed class GateTable
{
    /// <summary>Words that no attack does without and no other text has in this form; each is looked for backwards and turned by thirteen letters.</summary>
    private static readonly string[] Telling =
    [
        "ignore", "disregard", "forget", "previous", "instructions", "instruction", "system", "prompt", "reveal", "password", "override", "bypass", "rules",
        "guidelines", "unrestricted", "pretend", "everything", "restrictions", "assistant", "secret",
    ];

    /// <summary>Words inside the markers that separate roles in the templates of chat models.</summary>
    private static readonly string[] Marking = ["im", "inst", "sys", "header", "turn", "human", "system", "endoftext", "instruction", "instructions", "assistant"];

    /// <summary>Words of styles that hide text.</summary>
    private static readonly string[] Hiding = ["display", "visibility", "opacity", "font", "color", "hidden"];

    private readonly short[] _entries;
    private readonly int _shift;
    private readonly LinearHead _gate;

    public GateTable(LinearHead gate)
    {
        _gate = gate;
        _entries = Array.ConvertAll(gate.Weights, weight => (short)(byte)weight);
        _shift = 32 - System.Numerics.BitOperations.Log2((uint)_entries.Length);
        foreach (var word in Telling)
        {
            Add(string.Concat(word.Select(Turned)), Hint.Rotated);
            Add(new string([.. word.Reverse()]), Hint.Reversed);
        }

        foreach (var word in Marking)
            Add(word, Hint.Marker);
        foreach (var word in Hiding)
            Add(word, Hint.Style);
    }

    /// <summary>The lower byte is a word's weight, the upper its hints.</summary>
    public short this[uint hash]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _entries[hash >> _shift];
    }

    /// <summary>Whether a window is worth a closer look.</summary>
    /// <param name="sum">Of its words' weights.</param>
    /// <param name="tokens">How many it has.</param>
    public bool Opens(int sum, int tokens) => _gate.Score(sum, tokens) >= _gate.Levels[0].Score;

    private static char Turned(char letter) => (char)('a' + ((letter - 'a' + 13) % 26));

    private void Add(string word, Hint hint)
    {
        var bytes = System.Text.Encoding.ASCII.GetBytes(word);
        _entries[Tokens.Word(bytes, 0, bytes.Length).Hash >> _shift] |= (short)((int)hint << 8);
    }
}
