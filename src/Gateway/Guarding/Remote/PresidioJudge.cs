using System.Buffers;
using System.Text.Json;
using Gateway.Configuration;
using Gateway.Guardrails;
using Gateway.Upstream.SideCalls;

namespace Gateway.Guarding.Remote;

/// <summary>Asks Presidio's analyzer, text by text. Its anonymizer is not needed: what stands in place of a finding is this gateway's own placeholder.</summary>
/// <remarks>
/// <c>POST /analyze</c> takes a text with its language and gives a list of <c>entity_type</c>, <c>start</c>, <c>end</c> and <c>score</c>; places
/// are counted in code points, as Python does. Sources: the analyzer's API page, and <c>presidio-analyzer/app.py</c>.
/// </remarks>
internal sealed class PresidioJudge(HttpMessageInvoker connections, PresidioOptions options) : IJudge
{
    /// <summary>Questions under way at once for one inspection.</summary>
    private const int AtOnce = 4;

    /// <summary>The longest piece of text, in bytes: spaCy, which it works with, refuses more than a million characters at once.</summary>
    private const int LongestPiece = 256 * 1024;

    /// <summary>What a piece repeats of the one before: more than any entity is long.</summary>
    private const int Overlap = 1024;

    private readonly Uri _address = new($"{options.Analyzer.AbsoluteUri.TrimEnd('/')}/analyze");

    public async ValueTask<Judgement> JudgeAsync(RemoteQuestion question, Patience patience)
    {
        var pieces = PiecesOf(question.Texts);
        if (pieces.Count == 0)
            return Judgement.Unasked;
        var found = new HashSet<TextFinding>();
        Judgement? failed = null;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = patience.End };
        await Parallel.ForAsync(0, pieces.Count, parallel, async (i, _) =>
        {
            var reply = await GuardCall.PostAsync(connections, _address, null, QuestionOf(pieces[i].Utf8), patience.End);
            lock (found)
            {
                if (failed is null && (reply.Failure ?? Read(reply, pieces[i], found)) is { } why)
                    failed = new Judgement(RemoteVerdict.Failed(why), reply.IsUp);
            }
        });
        if (failed is not null)
            return failed.Value;
        var findings = found.ToList();
        findings.Sort(static (one, other) => one.Text != other.Text ? one.Text.CompareTo(other.Text) : one.Finding.Start.CompareTo(other.Finding.Start));
        return new Judgement(findings.Count == 0 ? RemoteVerdict.Clean : new RemoteVerdict(findings), true);
    }

    private static List<Piece> PiecesOf(IReadOnlyList<GuardedText> texts)
    {
        var pieces = new List<Piece>(texts.Count);
        for (var i = 0; i < texts.Count; i++)
        {
            var utf8 = texts[i].Utf8;
            // It answers that no text was given.
            if (utf8.IsEmpty)
                continue;
            foreach (var range in TextCuts.Of(utf8.Span, LongestPiece, Overlap))
                pieces.Add(new Piece(i, range.Start.Value, utf8[range]));
        }

        return pieces;
    }

    private ReadOnlyMemory<byte> QuestionOf(ReadOnlyMemory<byte> text)
    {
        var buffer = new ArrayBufferWriter<byte>(text.Length + 256);
        using var json = new Utf8JsonWriter(buffer, ChatQuestion.Plain);
        json.WriteStartObject();
        json.WriteString("text"u8, text.Span);
        json.WriteString("language"u8, options.Language);
        json.WriteNumber("score_threshold"u8, options.Score);
        if (options.Entities.Count > 0)
        {
            json.WriteStartArray("entities"u8);
            foreach (var entity in options.Entities)
                json.WriteStringValue(entity);
            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    /// <returns>Why the answer cannot be believed; null when it can.</returns>
    private static string? Read(GuardReply reply, Piece piece, HashSet<TextFinding> found)
    {
        using var json = reply.Parse();
        if (json is null)
            return "not JSON";
        if (json.RootElement.ValueKind != JsonValueKind.Array)
            return "no list of findings";
        if (json.RootElement.GetArrayLength() == 0)
            return null;
        var points = new CodePoints(piece.Utf8);
        foreach (var item in json.RootElement.EnumerateArray())
        {
            if (!JsonAnswer.TryGet(item, "entity_type", JsonValueKind.String, out var type) || LabelOf(type.GetString()!) is not { } label)
                return "bad entity";
            if (!JsonAnswer.TryGet(item, "score", JsonValueKind.Number, out var number) || !number.TryGetSingle(out var score) || score is not (> 0 and <= 1))
                return "bad score";
            if (!JsonAnswer.TryGet(item, "start", JsonValueKind.Number, out var first) || !first.TryGetInt32(out var start)
                || !JsonAnswer.TryGet(item, "end", JsonValueKind.Number, out var last) || !last.TryGetInt32(out var end)
                || start < 0 || end <= start || end > points.Count)
                return "bad offsets";
            var from = points.ByteAt(start);
            found.Add(new TextFinding(piece.Text, new Finding(label, piece.Start + from, points.ByteAt(end) - from, score)));
        }

        return null;
    }

    /// <summary>The entity as a label; null when it cannot be one.</summary>
    private static string? LabelOf(string entity) => entity.ToLowerInvariant() is var label && FindingLabel.IsOne(label) ? label : null;

    private readonly record struct Piece(int Text, int Start, ReadOnlyMemory<byte> Utf8);
}
