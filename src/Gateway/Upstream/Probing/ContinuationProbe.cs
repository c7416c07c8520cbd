using System.Text.Json;
using Gateway.Upstream.SideCalls;

namespace Gateway.Upstream.Probing;

/// <summary>Finds out whether a replica goes on with a half-said answer, as chat and as token ids. Nothing is generated for it.</summary>
internal sealed class ContinuationProbe(SideQuestions ask, string model)
{
    /// <summary>
    /// An answer cut in the middle of a word, with several tokens to compare, and neither markup nor outer whitespace for a template to
    /// work on.
    /// </summary>
    public const string HalfSaid = "Once upon a time, in a small village by the sea, there lived a fisherm";

    private const string Question = "Tell me a story.";

    /// <summary>
    /// Whether chat continuation ends the rendered prompt with the half-said answer. Templates that close the message, reorder it or add to
    /// it fail here, and so do renderers that refuse (Harmony, and Mistral without an assistant's turn last).
    /// </summary>
    public async Task<bool> ContinuesAsync()
    {
        var alone = await IdsAsync("/tokenize", TextQuestion(), "tokens");
        var open = await IdsAsync("/tokenize", ChatQuestion(isOpen: true), "tokens");
        return alone is not null && open is not null && EndsLike(open, alone);
    }

    /// <summary>Whether it renders a chat to ids and takes those ids back as a prompt; seen at <c>/v1/completions/render</c>, which generates nothing.</summary>
    public async Task<bool> TakesTokensAsync()
    {
        var ids = await IdsAsync("/v1/chat/completions/render", ChatQuestion(isOpen: false), "token_ids");
        if (ids is null)
            return false;
        using var reply = await ask.PostAsync("/v1/completions/render", JsonSerializer.SerializeToUtf8Bytes(new { model, prompt = ids, max_tokens = 1 }));
        var rendered = JsonAnswer.Of(reply) is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() == 1 ? list[0] : JsonAnswer.Of(reply);
        return JsonAnswer.Ids(rendered, "token_ids") is { } back && back.AsSpan().SequenceEqual(ids);
    }

    /// <summary>
    /// Whether the prompt's ids end with those of the text. The text's first token is not compared: at the beginning of a text
    /// SentencePiece puts a space before it that is not there in the middle of a prompt.
    /// </summary>
    public static bool EndsLike(ReadOnlySpan<int> prompt, ReadOnlySpan<int> text) =>
        text.Length > 1 && prompt.Length > text.Length && prompt.EndsWith(text[1..]);

    private byte[] TextQuestion() => JsonSerializer.SerializeToUtf8Bytes(new { model, prompt = HalfSaid, add_special_tokens = false });

    private byte[] ChatQuestion(bool isOpen)
    {
        var question = new { role = "user", content = Question };
        return isOpen
            ? JsonSerializer.SerializeToUtf8Bytes(new
            {
                model,
                messages = new[] { question, new { role = "assistant", content = HalfSaid } },
                continue_final_message = true,
                add_generation_prompt = false,
            })
            : JsonSerializer.SerializeToUtf8Bytes(new { model, messages = new[] { question } });
    }

    private async Task<int[]?> IdsAsync(string path, byte[] question, string field)
    {
        using var reply = await ask.PostAsync(path, question);
        return JsonAnswer.Ids(JsonAnswer.Of(reply), field);
    }
}
