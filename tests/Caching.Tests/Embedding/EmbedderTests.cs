using Gateway.Caching.Embedding;
using Gateway.Caching.Embedding.Builtin;
using Gateway.Caching.Embedding.Encoder;
using Gateway.Caching.Embedding.Language;
using Gateway.Caching.Embedding.Table;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Caching.Tests.Embedding;

public sealed class EmbedderTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_ask_in_another_language_has_no_vector()
    {
        var vector = new float[384];
        Assert.Equal("language ko is outside the embedder's", await TableEmbedder.CreateBuiltin().EmbedAsync("비밀번호를 어떻게 재설정하나요?", vector, Cancel));
        using var encoder = EncoderEmbedder.CreateBuiltin(EncoderLimits.Default, TimeProvider.System);
        Assert.Equal("language de is outside the embedder's", await encoder.EmbedAsync("Wie setze ich mein Passwort zurück?", vector, Cancel));
    }

    [Theory]
    [InlineData("", AskLimits.Nothing)]
    [InlineData("   ", AskLimits.Nothing)]
    public async Task An_ask_without_words_has_no_vector(string text, string reason)
    {
        Assert.Equal(reason, await TableEmbedder.CreateBuiltin().EmbedAsync(text, new float[256], Cancel));
        using var encoder = EncoderEmbedder.CreateBuiltin(EncoderLimits.Default, TimeProvider.System);
        Assert.Equal(reason, await encoder.EmbedAsync(text, new float[384], Cancel));
    }

    [Fact]
    public async Task A_long_ask_has_no_vector_rather_than_that_of_its_beginning()
    {
        var text = string.Concat(Enumerable.Repeat("word ", 255));
        Assert.Equal(AskLimits.TooLong, await TableEmbedder.CreateBuiltin().EmbedAsync(text, new float[256], Cancel));
        Assert.Null(await TableEmbedder.CreateBuiltin().EmbedAsync(text[5..], new float[256], Cancel));
    }

    [Fact]
    public void Looking_up_the_table_allocates_nothing()
    {
        var embedder = TableEmbedder.CreateBuiltin();
        var vector = new float[256];
        Assert.Null(embedder.Embed("How do I reset my password?", vector));
        var least = long.MaxValue;
        for (var round = 0; round < 20; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            embedder.Embed("How do I reset my password, and where do I find the café that unbreakable people go to?", vector);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        Assert.Equal(0, least);
    }

    [Fact]
    public async Task A_spent_budget_and_a_full_queue_say_so_and_hold_nobody()
    {
        using var entered = new SemaphoreSlim(0);
        using var released = new ManualResetEventSlim();
        var time = new FakeTimeProvider();
        using var workers = new EncoderWorkers(
            (_, vector) =>
            {
                entered.Release();
                released.Wait();
                vector.Fill(1);
            },
            workers: 1, queue: 1);
        using var running = new EncoderJob([1], 2, TimeSpan.FromMilliseconds(20), time, Cancel);
        Assert.True(workers.TryEnter(running));
        await entered.WaitAsync(Cancel);
        using var waiting = new EncoderJob([1], 2, TimeSpan.FromMilliseconds(20), time, Cancel);
        Assert.True(workers.TryEnter(waiting));
        using var refused = new EncoderJob([1], 2, TimeSpan.FromMilliseconds(20), time, Cancel);
        Assert.False(workers.TryEnter(refused));

        time.Advance(TimeSpan.FromMilliseconds(20));
        Assert.Equal("no time left for the encoder", await running.Outcome);
        Assert.Equal("no time left for the encoder", await waiting.Outcome);

        released.Set();
        using var late = new EncoderJob([1], 2, TimeSpan.FromMilliseconds(20), time, Cancel);
        while (!workers.TryEnter(late))
            await Task.Yield();
        Assert.Null(await late.Outcome);
        Assert.Equal([1f, 1f], late.Vector);
    }

    [Fact]
    public async Task A_failing_encoder_is_a_reason()
    {
        using var workers = new EncoderWorkers((_, _) => throw new InvalidOperationException("broken"), 1, 1);
        using var job = new EncoderJob([1], 2, TimeSpan.FromSeconds(1), TimeProvider.System, Cancel);
        Assert.True(workers.TryEnter(job));
        Assert.Equal("the encoder failed: broken", await job.Outcome);
    }

    [Fact]
    public async Task A_caller_who_leaves_is_cancelled()
    {
        using var source = new CancellationTokenSource();
        using var job = new EncoderJob([1], 2, TimeSpan.FromSeconds(1), TimeProvider.System, source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => job.Outcome);
    }

    [Fact]
    public async Task A_folder_with_an_encoder_is_an_embedder_of_any_language()
    {
        using var folder = new TempFolder();
        File.WriteAllBytes(folder.File("model.onnx"), BuiltinModel.Read(BuiltinModel.EncoderFile));
        File.WriteAllBytes(folder.File("vocab.txt"), BuiltinModel.Read(BuiltinModel.VocabularyFile));
        using var embedder = OnnxFolder.Load(folder.Path, EncoderLimits.Default with { Budget = TimeSpan.FromMinutes(1) }, TimeProvider.System);
        Assert.Equal(384, embedder.Dimensions);
        Assert.StartsWith("onnx-", embedder.Version, StringComparison.Ordinal);
        Assert.Null(await embedder.EmbedAsync("Wie geht es dir?", new float[384], Cancel));
    }

    [Fact]
    public void A_folder_without_a_model_and_one_with_a_broken_model_say_so()
    {
        using var folder = new TempFolder();
        Assert.Contains("no model.onnx", Assert.Throws<FormatException>(() => OnnxFolder.Load(folder.Path, EncoderLimits.Default, TimeProvider.System)).Message);
        File.WriteAllText(folder.File("model.onnx"), "none");
        Assert.Contains("no vocab.txt", Assert.Throws<FormatException>(() => OnnxFolder.Load(folder.Path, EncoderLimits.Default, TimeProvider.System)).Message);
        File.WriteAllBytes(folder.File("vocab.txt"), BuiltinModel.Read(BuiltinModel.VocabularyFile));
        Assert.Contains("Not a model", Assert.Throws<FormatException>(() => OnnxFolder.Load(folder.Path, EncoderLimits.Default, TimeProvider.System)).Message);
    }

    [Theory]
    [InlineData("How do I reset my password?", null)]
    [InlineData("reset password", null)]
    [InlineData("What does π stand for in physics?", null)]
    [InlineData("Is the café in Zürich open?", null)]
    [InlineData("int main() { return 0; }", null)]
    [InlineData("", null)]
    [InlineData("今日の天気はどうですか", "ja")]
    [InlineData("法国的首都是哪里？", "zh")]
    [InlineData("Какая столица Франции?", "ru")]
    [InlineData("ما هي عاصمة فرنسا؟", "ar")]
    [InlineData("¿Cuál es la capital de Francia?", "es")]
    [InlineData("Quelle est la capitale de la France ?", "fr")]
    [InlineData("Was ist die Hauptstadt von Frankreich?", "de")]
    [InlineData("Qual é a capital da França?", "pt")]
    [InlineData("Qual è la capitale della Francia?", "it")]
    [InlineData("Wat is de hoofdstad van Frankrijk?", "nl")]
    [InlineData("Jaka jest stolica Francji?", "pl")]
    [InlineData("Fransa'nın başkenti neresidir?", "other than en")]
    public void The_language_of_an_ask_is_told_by_its_letters_and_small_words(string text, string? language) =>
        Assert.Equal(language, AskLanguage.Of(text));

    private sealed class TempFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("embedder").FullName;

        public string File(string name) => System.IO.Path.Combine(Path, name);

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
