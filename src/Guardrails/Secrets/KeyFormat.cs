using System.Buffers;
using System.Text;

namespace Gateway.Guardrails.Secrets;

/// <summary>A vendor's format of keys: a prefix and so many characters of an alphabet, with nothing of the alphabet behind them.</summary>
/// <param name="Label">The kind.</param>
/// <param name="Prefix">As it is written; case matters.</param>
/// <param name="Alphabet">What follows the prefix.</param>
/// <param name="Least">How many characters follow at least.</param>
/// <param name="Most">How many at most.</param>
internal sealed record KeyFormat(string Label, string Prefix, SearchValues<byte> Alphabet, int Least, int Most) : ISecretForm
{
    private readonly byte[] _prefix = Encoding.ASCII.GetBytes(Prefix);

    /// <summary>What else must hold of the characters behind the prefix.</summary>
    public KeyCheck Check { get; init; } = KeyChecks.IsNoDummy;

    /// <summary>The prefix belongs to the secret, which then begins a word. Else it is what the secret follows, as an address.</summary>
    public bool BeginsSecret { get; init; } = true;

    /// <summary>A digit stands before the prefix.</summary>
    public bool FollowsDigit { get; init; }

    /// <summary>How sure the format is: 1 with a checksum.</summary>
    public float Score { get; init; } = 0.95f;

    public Sighting Judge(in SeenText text, int start, int end)
    {
        if (!text.Utf8[start..end].SequenceEqual(_prefix) || (BeginsSecret && !Begins(text, start)))
            return Sighting.None;
        if (FollowsDigit && (start == 0 || !KeyAlphabet.IsDigit(text.Utf8[start - 1])))
            return Sighting.None;
        var stop = text.RunEnd(end, Alphabet, Most + 2);
        if (stop - end > Most + 1)
            return Sighting.None;
        var from = BeginsSecret ? start : end;
        if (text.MayGoOn(stop))
            return Sighting.Open(from);
        if (stop < text.Utf8.Length && KeyAlphabet.IsWord(text.Utf8[stop]))
            return Sighting.None;

        // The full stop of a sentence is none of the key's, nor is a hyphen that it has no place for.
        if (stop > end && (text.Utf8[stop - 1] == '.' || (stop - end > Most && text.Utf8[stop - 1] == '-')))
            stop--;
        return stop - end >= Least && stop - end <= Most && Check(text.Utf8[end..stop]) ? new Sighting(Label, from, stop, Score) : Sighting.None;
    }

    /// <summary>Whether a key of this format can begin at a place: not within a word, nor within parts that dots or hyphens join if such parts make up keys.</summary>
    private bool Begins(in SeenText text, int at) =>
        text.BeginsWord(at) && !(at > 0 && text.Utf8[at - 1] is (byte)'.' or (byte)'-' && Alphabet.Contains(text.Utf8[at - 1]));
}
