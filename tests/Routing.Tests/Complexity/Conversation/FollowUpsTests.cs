using System.Text;
using CsCheck;
using Gateway.Routing.Complexity.Conversation;

namespace Gateway.Routing.Tests.Complexity.Conversation;

public sealed class FollowUpsTests
{
    public static readonly TheoryData<string> GoingOn =
    [
        "yes", "Yes, do it.", "ok go ahead", "continue", "Continue…", "try again", "and for Postgres?", "And what about the second case?",
        "same for the other file", "Same thing for the tests please", "no, use a mutex instead", "why?", "Why not?", "explain that", "fix it",
        "make it shorter", "what about Windows?", "how about in Rust?", "now write the tests", "show me an example", "option 2", "2",
        "does it also work on Linux?", "that doesn't work", "the second one",
        "네, 그렇게 해줘", "계속해줘", "계속", "그럼 Postgres는?", "Postgres는?", "다른 파일도 똑같이 해줘", "그건 왜 그래?", "다시 해봐",
        "好的，继续", "继续", "那 Postgres 呢？", "另一个文件也一样", "再试一次", "为什么？", "同样的方法改那个文件",
        "sí, hazlo", "continúa", "¿y para Postgres?", "lo mismo para el otro archivo", "hazlo de nuevo", "¿por qué?",
        "ja, mach das", "weiter", "und für Postgres?", "das gleiche für die andere Datei", "mach weiter", "warum?",
        "oui, vas-y", "continue", "et pour Postgres ?", "la même chose pour l'autre fichier", "pourquoi ?", "explique ça",
        "да, сделай это", "продолжай", "а для Postgres?", "то же самое для другого файла", "почему?", "исправь это",
        "はい、お願いします", "続けて", "Postgresは？", "じゃあ Postgres の場合は？", "他のファイルも", "もう一度", "なぜ？", "同じようにやって",
    ];

    public static readonly TheoryData<string> Standing =
    [
        "", "?", "hi", "Hello!", "thanks", "ok, thanks", "good morning", "What is the capital of France?", "What is a monad?", "Explain monads.",
        "Write a haiku about autumn.", "Translate 'good morning' to Spanish.", "Is P equal to NP?", "Prove Fermat's little theorem.",
        "List the planets of the solar system.", "Who wrote Hamlet?", "2 + 2 = 5?", "select count(*) from users",
        "And now for something completely different: write me a long story about a man who walks into a bar and never comes out again.",
        "안녕하세요", "프랑스의 수도는 어디인가요?", "네덜란드의 수도는?", "이진 탐색을 설명해줘", "감사합니다",
        "你好", "法国的首都是哪里？", "那不勒斯在哪里？", "解释二分查找", "谢谢", "再见",
        "hola", "¿Cuál es la capital de Francia?", "gracias", "Explica la búsqueda binaria",
        "hallo", "Was ist die Hauptstadt von Frankreich?", "danke", "Gibt es Leben auf dem Mars?", "Erkläre die binäre Suche",
        "bonjour", "Quelle est la capitale de la France ?", "merci", "Explique la recherche binaire",
        "привет", "Какая столица у Франции?", "спасибо", "Объясни двоичный поиск",
        "こんにちは", "フランスの首都は？", "ありがとう", "二分探索を説明して",
    ];

    [Theory]
    [MemberData(nameof(GoingOn))]
    public void An_ask_without_a_subject_of_its_own_goes_on(string ask) => Assert.True(Is(ask));

    [Theory]
    [MemberData(nameof(Standing))]
    public void A_greeting_or_a_question_with_its_subject_stands_for_itself(string ask) => Assert.False(Is(ask));

    [Fact]
    public void A_long_ask_stands_for_itself() => Assert.False(Is("yes, do it. " + new string('x', 300)));

    [Fact]
    public void Any_bytes_get_an_answer() => Gen.Byte.Array[0, 300].Sample(bytes => FollowUps.Is(bytes) | true);

    [Fact]
    public void Allocates_nothing()
    {
        byte[][] asks = ["그럼 Postgres는?"u8.ToArray(), "What is the capital of France?"u8.ToArray()];
        foreach (var ask in asks)
            FollowUps.Is(ask);
        var allocated = Allocated.Least(() =>
        {
            for (var i = 0; i < 1000; i++)
                FollowUps.Is(asks[i % 2]);
        });
        Assert.Equal(0, allocated);
    }

    private static bool Is(string ask) => FollowUps.Is(Encoding.UTF8.GetBytes(ask));
}
