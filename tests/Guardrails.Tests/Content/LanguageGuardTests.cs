using System.Text;
using Gateway.Guardrails.Content;

namespace Gateway.Guardrails.Tests.Content;

public sealed class LanguageGuardTests
{
    private static readonly LanguageGuard None = new(new LanguageSettings(["xx"]));
    private static readonly LanguageGuard English = new(new LanguageSettings(["en"]));

    /// <summary>One plain sentence or two about the weather and a train, for each language.</summary>
    public static TheoryData<string, string> Sentences => new()
    {
        { "en", "The train was late again this morning because of the snow, and most of the people on the platform were not happy about it." },
        { "de", "Der Zug war heute Morgen wieder zu spät, weil es geschneit hat, und die meisten Leute auf dem Bahnsteig waren nicht zufrieden." },
        { "fr", "Le train était encore en retard ce matin à cause de la neige, et les gens sur le quai ne sont pas contents de cette situation." },
        { "es", "El tren llegó tarde otra vez esta mañana por la nieve, y la mayoría de las personas en el andén no estaban contentas con eso." },
        { "it", "Il treno era di nuovo in ritardo questa mattina per la neve, e la maggior parte delle persone non sono contente di come è andata." },
        { "pt", "O trem atrasou de novo hoje de manhã por causa da neve, e a maioria das pessoas na estação não ficou contente com isso, como você sabe." },
        { "nl", "De trein was vanmorgen weer te laat omdat het heeft gesneeuwd, en de meeste mensen op het perron waren daar niet blij mee." },
        { "pl", "Pociąg znowu się spóźnił dziś rano, bo spadł śnieg, i na peronie było dużo ludzi, którzy nie są z tego zadowoleni, ale co to zmieni." },
        { "sv", "Tåget var sent igen i morse för att det hade snöat, och de flesta på perrongen var inte glada över det, men vad ska man göra." },
        { "tr", "Tren bu sabah kar için yine geç kaldı ve peronda bekleyen insanlar çok mutlu değil, ama daha ne kadar bekleyecek biz de bilmiyoruz." },
        { "id", "Kereta itu terlambat lagi pagi ini karena salju, dan sebagian besar orang yang ada di peron tidak senang dengan hal itu." },
        { "vi", "Chuyến tàu sáng nay lại trễ vì tuyết rơi, và những người đang chờ ở sân ga không vui với việc này như các bạn đã thấy." },
        { "ru", "Поезд сегодня утром опять опоздал из-за снега, и большинство людей на платформе были недовольны." },
        { "uk", "Потяг сьогодні вранці знову запізнився через сніг, і більшість людей на платформі були незадоволені." },
        { "el", "Το τρένο άργησε πάλι σήμερα το πρωί λόγω του χιονιού." },
        { "he", "הרכבת איחרה שוב הבוקר בגלל השלג, ורוב האנשים לא היו מרוצים." },
        { "ar", "تأخر القطار مرة أخرى هذا الصباح بسبب الثلج، ولم يكن الناس سعداء." },
        { "fa", "قطار امروز صبح دوباره به دلیل برف دیر رسید و مردم چندان راضی نبودند، پس چه می‌گویید." },
        { "hi", "आज सुबह बर्फ के कारण ट्रेन फिर से देर से आई, और लोग खुश नहीं थे।" },
        { "th", "รถไฟมาสายอีกแล้วเมื่อเช้านี้เพราะหิมะตก" },
        { "ko", "오늘 아침 기차가 눈 때문에 또 늦었고 사람들은 기분이 좋지 않았습니다." },
        { "ja", "今朝は雪のために電車がまた遅れて、ホームの人たちは困っていました。" },
        { "zh", "今天早上火车因为下雪又晚点了，站台上的大多数人都不高兴。" },
    };

    [Theory]
    [MemberData(nameof(Sentences))]
    public void A_sentence_tells_its_language(string code, string text)
    {
        Assert.StartsWith($"language_{code}: ", Assert.Single(Inspection.Of(None, text)), StringComparison.Ordinal);
        Assert.Equal([], Inspection.Of(new LanguageGuard(new LanguageSettings([code])), text));
    }

    [Theory]
    [InlineData("Bonjour, mon ami!")]
    [InlineData("Schwarzwälder Kirschtorte, Müller & Söhne, São Paulo, 12.5 °C")]
    [InlineData("for (int i = 0; i < la.Length; i++) { la[i] = el.Get(i); un_des_les(x, y); if (es.con(i)) return des[i]; en.que(); } var le = la.un(el[2]); list.del(k); x.por = 1;")]
    [InlineData("{\"de\": \"ja\", \"fr\": \"oui\", \"ids\": [1, 2, 3]}")]
    [InlineData("The word 日本 means Japan, and 大韓民國 is the old way to write the name of Korea; both are used.")]
    [InlineData("αβγ δεζ")]
    public void What_is_short_or_mixed_or_no_prose_is_not_found(string text) => Assert.Equal([], Inspection.Of(English, text));

    [Fact]
    public void Code_of_this_repository_is_in_no_foreign_language()
    {
        var guard = Encoding.UTF8.GetBytes(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Gateway.Guardrails.xml")));
        Assert.Empty(WindowedInspection.Whole(English, guard));
    }

    [Fact]
    public void Each_paragraph_is_judged_by_itself()
    {
        var german = "Der Zug war heute wieder zu spät, und die meisten Leute auf dem Bahnsteig waren nicht zufrieden.";
        Assert.Single(Inspection.Of(English, $"The train was late.\n\n{german}\n\nThat is all there is to say about it, and it is enough for us."));
        Assert.Equal([], Inspection.Of(English, german, TextSource.Tool));
    }

    [Fact]
    public void Languages_that_are_not_told_apart_are_not_told()
    {
        var russian = "Поезд сегодня утром опять опоздал из-за снега, и большинство людей на платформе были недовольны.";
        Assert.Equal([], Inspection.Of(new LanguageGuard(new LanguageSettings(["bg"])), russian));
        Assert.NotEmpty(Inspection.Of(new LanguageGuard(new LanguageSettings(["uk"])), russian));
    }

    [Fact]
    public void The_same_is_found_wherever_a_stream_is_cut()
    {
        foreach (var (_, text) in Sentences.Select(row => ((string, string))(row.Data.Item1, row.Data.Item2)))
            Inspection.IsTheSameWhereverItIsCut(English, text);
        Inspection.IsTheSameForAnyTextOf(English, "der die das ", "und ist nicht ", "the of and ", "\n", "\n\n", "今天早上火车因为下雪", "x_y ", "l'", "é", string.Concat(Enumerable.Repeat("a b ", 100)));
    }

    [Fact]
    public void Hostile_texts_take_linear_time()
    {
        foreach (var unit in new[] { "a", "a ", "\n", "\n\n", "é", "_", "der " })
            Assert.NotNull(WindowedInspection.Whole(English, Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(unit, 4_000_000 / unit.Length)))));
    }

    [Theory]
    [InlineData("english")]
    [InlineData("EN")]
    public void What_is_no_code_is_refused(string code) => Assert.Throws<FormatException>(() => new LanguageGuard(new LanguageSettings([code])));
}
