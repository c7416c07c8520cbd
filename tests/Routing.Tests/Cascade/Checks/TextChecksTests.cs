namespace Gateway.Routing.Tests.Cascade.Checks;

public sealed class TextChecksTests
{
    private const string Schema = """{"type":"json_schema","json_schema":{"name":"n","schema":{"type":"object","properties":{"n":{"type":"integer"}},"required":["n"]}}}""";

    [Theory]
    [InlineData("""{"type":"json_object"}""", """{"n":1}""", null)]
    [InlineData("""{"type":"json_object"}""", "[1]", "json_invalid")]
    [InlineData("""{"type":"json_object"}""", "Here it is: {}", "json_invalid")]
    [InlineData(Schema, """{"n":1}""", null)]
    [InlineData(Schema, """{"n":1,"more":2}""", null)]
    [InlineData(Schema, """{"n":"1"}""", "json_invalid")]
    [InlineData(Schema, "{}", "json_invalid")]
    [InlineData(Schema, """{"n":1""", "json_invalid")]
    [InlineData("""{"type":"text"}""", "no JSON", null)]
    [InlineData("""{"type":"json_schema"}""", "7", null)]
    [InlineData("null", "no JSON", null)]
    public void An_answer_in_JSON_must_fit_what_was_asked_for(string format, string text, string? flag) =>
        Assert.Equal(flag, Draft.Flag(Draft.Text(text), Draft.Offer(format: format)));

    [Theory]
    [InlineData(null, 20, "length")]
    [InlineData(50, 20, "length")]
    [InlineData(20, 20, null)]
    [InlineData(20, 0, null)]
    public void Running_out_of_length_counts_unless_the_caller_set_the_limit(int? maxTokens, int tokens, string? flag) =>
        Assert.Equal(flag, Draft.Flag(Draft.Text("Once upon a", "length", tokens), Draft.Offer(maxTokens: maxTokens)));

    [Theory]
    [InlineData("", "stop", "empty")]
    [InlineData(" \n\t", "stop", "empty")]
    [InlineData("", null, null)]
    [InlineData("7", "stop", null)]
    public void An_empty_answer_is_flagged_once_it_has_ended(string text, string? finish, string? flag) =>
        Assert.Equal(flag, Draft.Flag(Draft.Text(text, finish), Draft.Offer()));

    [Theory]
    [InlineData("I'm sorry, but I can't help with that request.")]
    [InlineData("  **I’m sorry, but I can’t** help with that.")]
    [InlineData("As an AI language model, I do not have opinions.")]
    [InlineData("Es tut mir leid, aber ich kann diese Frage nicht beantworten.")]
    [InlineData("Lo siento, pero no puedo ayudarte con eso.")]
    [InlineData("Je suis désolé, mais je ne peux pas répondre.")]
    [InlineData("Извините, но я не могу помочь.")]
    [InlineData("抱歉，我无法回答这个问题。")]
    [InlineData("申し訳ありませんが、お答えできません。")]
    [InlineData("죄송하지만 도와드릴 수 없습니다.")]
    public void An_answer_that_opens_by_declining_is_a_refusal_whether_or_not_it_is_whole(string text)
    {
        Assert.Equal("refusal", Draft.Flag(Draft.Text(text), Draft.Offer()));
        Assert.Equal("refusal", Draft.Flag(Draft.Text(text, finish: null), Draft.Offer()));
    }

    [Theory]
    [InlineData("I'm sorry to hear that. Let's see what we can do.")]
    [InlineData("The letter says: I'm sorry, but I can't come.")]
    [InlineData("Sorry")]
    [InlineData("I can")]
    public void Saying_sorry_elsewhere_is_no_refusal(string text) => Assert.Null(Draft.Flag(Draft.Text(text), Draft.Offer()));

    [Fact]
    public void What_the_upstream_calls_a_refusal_is_one()
    {
        var draft = Draft.Text("");
        draft.IsRefusal = true;
        Assert.Equal("refusal", Draft.Flag(draft, Draft.Offer()));
    }

    [Theory]
    [InlineData("The answer is the answer is ", 9)]
    [InlineData("다시 말해서 ", 12)]
    [InlineData("- one more item\n", 6)]
    public void A_loop_is_seen_before_it_ends(string passage, int times)
    {
        var text = "Well. " + string.Concat(Enumerable.Repeat(passage, times));
        Assert.Equal("repetition", Draft.Flag(Draft.Text(text, finish: null), Draft.Offer()));
    }

    [Fact]
    public void A_loop_that_was_left_again_is_seen_by_its_lines() =>
        Assert.Equal("repetition", Draft.Flag(Draft.Text("a\n" + string.Concat(Enumerable.Repeat("Let me think again.\n", 5)) + "The result is 42, as shown above."), Draft.Offer()));

    [Theory]
    [InlineData("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |")]
    [InlineData("0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0")]
    [InlineData("ha ha ha ha ha ha ha")]
    [InlineData("for (int i = 0; i < n; i++)\n    for (int j = 0; j < n; j++)\n        for (int k = 0; k < n; k++)\n            c[i][j] += a[i][k] * b[k][j];")]
    [InlineData("a\na\na\na\nb")]
    public void Tables_numbers_and_figures_of_speech_repeat_too(string text) => Assert.Null(Draft.Flag(Draft.Text(text), Draft.Offer()));
}
