using System.Buffers;
using System.Text;

namespace Gateway.Cache.Answers;

/// <summary>Writes an answer as the stream it could have been: a role, the thought, the text, the end, and the usage where it is asked for.</summary>
/// <param name="pieces">The answer.</param>
/// <param name="id">The id that this stream has.</param>
internal sealed class AnswerFrames(AnswerPieces pieces, string id)
{
    private readonly ArrayBufferWriter<byte> _out = new(1024 + pieces.Content.Length + pieces.Reasoning.Length + pieces.Logprobs.Length);

    /// <summary>What was written since the last <see cref="Clear"/>.</summary>
    public ReadOnlySpan<byte> Written => _out.WrittenSpan;

    public void Clear() => _out.ResetWrittenCount();

    public void WriteRole()
    {
        Begin();
        _out.Write("[{\"index\":0,\"delta\":{\"role\":"u8);
        _out.Write(pieces.Role ?? "\"assistant\""u8);
        _out.Write(",\"content\":\"\"},\"logprobs\":null,\"finish_reason\":null}]"u8);
        _out.Write(pieces.Further);
        End();
    }

    public void WriteReasoning(ReadOnlySpan<byte> text) => WriteText(pieces.ReasoningName, text, withLogprobs: false);

    /// <param name="text">The text or a part of it, escaped.</param>
    /// <param name="withLogprobs">Whether the log-probabilities go with it.</param>
    public void WriteContent(ReadOnlySpan<byte> text, bool withLogprobs) => WriteText("content"u8, text, withLogprobs);

    /// <param name="withUsage">Whether the caller asked for the usage.</param>
    public void WriteEnd(bool withUsage)
    {
        Begin();
        _out.Write("[{\"index\":0,\"delta\":{},\"logprobs\":null"u8);
        AnswerJson.Member(_out, ",\"finish_reason\":"u8, pieces.Finish);
        AnswerJson.Member(_out, ",\"stop_reason\":"u8, pieces.StopReason);
        _out.Write("}]"u8);
        End();
        if (withUsage && pieces.Usage is { } usage)
        {
            Begin();
            _out.Write("[]"u8);
            AnswerJson.Member(_out, ",\"usage\":"u8, usage);
            End();
        }

        _out.Write("data: [DONE]\n\n"u8);
    }

    private void WriteText(ReadOnlySpan<byte> name, ReadOnlySpan<byte> text, bool withLogprobs)
    {
        Begin();
        _out.Write("[{\"index\":0,\"delta\":{\""u8);
        _out.Write(name);
        _out.Write("\":\""u8);
        _out.Write(text);
        _out.Write("\"},\"logprobs\":"u8);
        if (withLogprobs)
            AnswerJson.Logprobs(_out, pieces);
        else
            _out.Write("null"u8);
        _out.Write(",\"finish_reason\":null}]"u8);
        End();
    }

    private void Begin()
    {
        _out.Write("data: {\"id\":\""u8);
        Encoding.UTF8.GetBytes(id, _out);
        _out.Write("\",\"object\":\"chat.completion.chunk\""u8);
        AnswerJson.Member(_out, ",\"created\":"u8, pieces.Created);
        AnswerJson.Member(_out, ",\"model\":"u8, pieces.Model);
        AnswerJson.Member(_out, ",\"service_tier\":"u8, pieces.Tier);
        AnswerJson.Member(_out, ",\"system_fingerprint\":"u8, pieces.Fingerprint);
        _out.Write(",\"choices\":"u8);
    }

    private void End() => _out.Write("}\n\n"u8);
}
