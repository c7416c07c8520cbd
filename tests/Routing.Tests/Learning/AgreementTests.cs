using Gateway.Routing.Learning;

namespace Gateway.Routing.Tests.Learning;

public sealed class AgreementTests
{
    [Theory]
    [InlineData("Paris", "Paris")]
    [InlineData(" Paris\n", "Paris")]
    [InlineData("{\"a\":1,\"b\":[2]}", "{ \"b\": [2], \"a\": 1 }")]
    [InlineData("```json\n{\"a\":1}\n```", "{\"a\":1}")]
    [InlineData("It follows that the answer is B.", "(B) because options A and C fail. Answer: B")]
    [InlineData("The answer is 1,200.", "First 300, then 900, so \\boxed{1200}")]
    [InlineData("#### 42", "42")]
    [InlineData("정답은 C", "The answer is C.")]
    public void Says_one_where_both_come_to_the_same(string one, string other) => Assert.Equal(1, Agreement.Of(one, other));

    [Theory]
    [InlineData("{\"a\":1}", "{\"a\":2}")]
    [InlineData("The answer is A.", "The answer is B.")]
    [InlineData("Many words that are shared by both, but the answer is 7", "Many words that are shared by both, but the answer is 8")]
    [InlineData("-3", "3")]
    [InlineData("red", "blue")]
    public void Says_zero_where_they_differ_in_the_end(string one, string other) => Assert.Equal(0, Agreement.Of(one, other));

    [Fact]
    public void Counts_shared_words_where_nothing_stricter_applies()
    {
        Assert.Equal(2.0 * 4 / 11, Agreement.Of("The cat sat on mats", "A dog sat on the mats"), 6);
        Assert.InRange(Agreement.Of("프랑스의 수도는 파리", "프랑스의 수도는 서울"), 0.2, 0.9);
        Assert.Equal(0.5, Agreement.Of("你好", "你们"), 6);
    }

    [Theory]
    [InlineData("The answer is a matter of taste", "The answer is an apple")]
    [InlineData("I think so", "I think not")]
    public void Takes_no_word_for_a_choice(string one, string other) => Assert.InRange(Agreement.Of(one, other), 0.1, 0.9);

    [Fact]
    public void Survives_any_text()
    {
        var chance = new Random(1);
        const string Letters = "aA1.,:{}[]\"\\ \n#`-+(\u4e2d\ud83d\ude00answer is";
        for (var i = 0; i < 5000; i++)
        {
            var (one, other) = (Text(), Text());
            Assert.InRange(Agreement.Of(one, other), 0, 1);
            Assert.Equal(Agreement.Of(one, other), Agreement.Of(other, one), 9);
        }

        string Text() => string.Concat(Enumerable.Range(0, chance.Next(30)).Select(_ => Letters[chance.Next(Letters.Length)]));
    }
}
