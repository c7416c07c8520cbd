using System.Text;
using Gateway.Routing.Languages;

namespace Gateway.Routing.Tests.Languages;

public class LanguageTests
{
    [Theory]
    [InlineData("en", "What is the capital of France, and how many people live there?")]
    [InlineData("es", "¿Cuál es la capital de Francia y cuántas personas viven en la ciudad?")]
    [InlineData("de", "Was ist die Hauptstadt von Frankreich und wie viele Menschen wohnen dort?")]
    [InlineData("fr", "Quelle est la capitale de la France et combien de gens vivent dans cette ville ?")]
    [InlineData("ru", "Какая столица Франции и сколько людей там живёт?")]
    [InlineData("ko", "프랑스의 수도는 어디이고 몇 명이 살고 있습니까?")]
    [InlineData("ja", "フランスの首都はどこで、何人が住んでいますか？")]
    [InlineData("zh", "法国的首都是哪里，有多少人住在那里？")]
    [InlineData("zh", "用 Python 写一个快速排序算法并解释每一步")]
    [InlineData("", "12345 + 67890 = ?")]
    [InlineData("", "")]
    [InlineData("", "xyzzy plugh")]
    public void A_language_is_told_from_a_sentence(string expected, string text) =>
        Assert.Equal(expected, Language.Of(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Bytes_that_are_no_text_have_none_and_end()
    {
        var random = new Random(7);
        var bytes = new byte[4096];
        random.NextBytes(bytes);
        Assert.NotNull(Language.Of(bytes));
        Assert.Equal("", Language.Of([0xff, 0xfe, 0xc0]));
    }

    [Fact]
    public void Telling_it_allocates_nothing()
    {
        var text = Encoding.UTF8.GetBytes("Was ist die Hauptstadt von Frankreich?");
        Language.Of(text);
        var allocated = Allocated.Least(() =>
        {
            for (var i = 0; i < 100; i++)
                Language.Of(text);
        });
        Assert.Equal(0, allocated);
    }
}
