using System.Text;
using Gateway.Simulator.Text;

namespace Gateway.Simulator.Wire;

/// <summary>The two shapes of logprobs.</summary>
internal static class Logprobs
{
    /// <summary>vLLM's count for "all of the vocabulary" is cut to this many.</summary>
    private const int Most = 20;

    /// <summary>Chat: <c>{"content":[…]}</c> for the tokens in a range.</summary>
    public static void Chat(ref JsonSink sink, Script script, Range range, int top, bool asIds)
    {
        var (from, count) = range.GetOffsetAndLength(script.Pieces.Count);
        sink.Raw("{\"content\":["u8);
        for (var i = from; i < from + count; i++)
        {
            if (i > from) sink.Raw(","u8);
            var chosen = Confidence.Of(script, i);
            Token(ref sink, script.Pieces[i], chosen, asIds);
            sink.Raw(",\"top_logprobs\":["u8);
            for (var rank = 0; rank < Alternatives(top); rank++)
            {
                if (rank > 0) sink.Raw(","u8);
                if (rank == 0) Token(ref sink, script.Pieces[i], chosen, asIds);
                else Token(ref sink, Confidence.Alternative(script, i, rank), Confidence.OfAlternative(chosen, rank), asIds);
                sink.Raw("}"u8);
            }
            sink.Raw("]}"u8);
        }
        sink.Raw("]}"u8);
    }

    /// <summary>Completions: four parallel lists; offsets count characters of the answer.</summary>
    public static void Completion(ref JsonSink sink, Script script, Range range, int top, bool asIds)
    {
        var (from, count) = range.GetOffsetAndLength(script.Pieces.Count);
        var offset = 0;
        for (var i = 0; i < from; i++) offset += TextOf(script.Pieces[i], asIds).Length;
        sink.Raw("{\"text_offset\":["u8);
        for (var i = from; i < from + count; i++)
        {
            if (i > from) sink.Raw(","u8);
            sink.Number(offset);
            offset += TextOf(script.Pieces[i], asIds).Length;
        }
        sink.Raw("],\"token_logprobs\":["u8);
        for (var i = from; i < from + count; i++)
        {
            if (i > from) sink.Raw(","u8);
            sink.Real(Math.Log(Confidence.Of(script, i)));
        }
        sink.Raw("],\"tokens\":["u8);
        for (var i = from; i < from + count; i++)
        {
            if (i > from) sink.Raw(","u8);
            sink.Quoted(TextOf(script.Pieces[i], asIds));
        }
        sink.Raw("],\"top_logprobs\":["u8);
        for (var i = from; i < from + count; i++)
        {
            sink.Raw(i > from ? ",{"u8 : "{"u8);
            var chosen = Confidence.Of(script, i);
            for (var rank = 0; rank < Math.Max(Alternatives(top), 1); rank++)
            {
                if (rank > 0) sink.Raw(","u8);
                sink.Quoted(TextOf(rank == 0 ? script.Pieces[i] : Confidence.Alternative(script, i, rank), asIds));
                sink.Raw(":"u8);
                sink.Real(Math.Log(rank == 0 ? chosen : Confidence.OfAlternative(chosen, rank)));
            }
            sink.Raw("}"u8);
        }
        sink.Raw("]}"u8);
    }

    private static void Token(ref JsonSink sink, in Piece piece, double probability, bool asIds)
    {
        sink.Raw("{\"token\":"u8);
        sink.Quoted(TextOf(piece, asIds));
        sink.Raw(",\"logprob\":"u8);
        sink.Real(Math.Max(Math.Log(probability), -9999));
        sink.Raw(",\"bytes\":["u8);
        for (var i = 0; i < piece.Text.Length; i++)
        {
            if (i > 0) sink.Raw(","u8);
            sink.Number(piece.Text.Span[i]);
        }
        sink.Raw("]"u8);
    }

    private static string TextOf(in Piece piece, bool asIds) => asIds ? $"token_id:{piece.Id}"
        : piece.Phase == Phase.End ? "<|im_end|>" : Encoding.UTF8.GetString(piece.Text.Span);

    private static int Alternatives(int top) => top < 0 ? Most : Math.Min(top, Most);
}
