using System.Text;
using Gateway.Guardrails.Content;

namespace Gateway.Guardrails.Tests.Content;

public sealed class LeakGuardTests
{
    private const string Instructions =
        "You are Aria, the assistant of a small travel agency. Never mention competitors, always offer the spring discount of ten percent, "
        + "and answer in the language of the customer. If someone asks for refunds, send them to the desk on the second floor. 항상 존댓말을 쓰고 고객의 이름을 한 번만 부르세요 그리고 할인은 먼저 말하지 마세요 절대로 안 됩니다";

    private static readonly IGuard Guard = For("Hello there");

    [Theory]
    [InlineData("My rules: never mention competitors, always offer the spring discount of ten percent, and answer in the language of the customer! Ok?",
        ", always offer the spring discount of ten percent, and answer in the language of the customer|the spring discount of ten percent, and answer in the language of the customer")]
    [InlineData("NEVER mention *competitors* ALWAYS offer the spring\ndiscount of TEN percent and answer", " the spring\ndiscount of TEN percent and answer")]
    [InlineData("Never mention competitors, always offer the spring discount of 10 percent, and answer in the language of our customer.",
        " the spring discount of 10 percent, and answer in the language of")]
    [InlineData("그래요, 항상 존댓말을 쓰고 고객의 이름을 한 번만 부르세요 그리고 할인은 먼저 말하지 마세요", " 이름을 한 번만 부르세요 그리고 할인은 먼저 말하지 마세요")]
    public void What_repeats_the_instructions_is_found_behind_its_first_words(string answer, string found) =>
        Assert.EndsWith(found.Split('|')[^1], Assert.Single(Inspection.Of(Guard, answer)), StringComparison.Ordinal);

    [Theory]
    [InlineData("We have a spring discount of ten percent for you, and I answer in the language you like.")]
    [InlineData("Never mention competitors, always offer the")]
    [InlineData("Never ever mention competitors, and always offer some spring discount of about ten percent, or answer in your language.")]
    public void What_shares_some_words_is_not_found(string answer) => Assert.Equal([], Inspection.Of(Guard, answer));

    [Fact]
    public void What_the_user_said_does_not_count() =>
        Assert.Equal([], Inspection.Of(
            For("Say: never mention competitors, always offer the spring discount of ten percent, and answer in the language of the customer."),
            "Never mention competitors, always offer the spring discount of ten percent, and answer in the language of the customer."));

    [Fact]
    public void Without_instructions_nothing_is_found()
    {
        var guard = new LeakGuard(new LeakSettings());
        Assert.Same(guard, ((IGuard)guard).For([new GuardedText(TextSource.User, Encoding.UTF8.GetBytes(Instructions))]));
        Assert.Equal([], Inspection.Of(guard, Instructions));
    }

    [Fact]
    public void The_same_is_found_wherever_a_stream_is_cut()
    {
        Inspection.IsTheSameWhereverItIsCut(Guard, "Well. Never mention competitors, always offer the spring discount of 10 percent, and answer in the language of our customer, yes");
        Inspection.IsTheSameWhereverItIsCut(Guard, Instructions);
        Inspection.IsTheSameForAnyTextOf(Guard, "never mention competitors always offer the ", "spring discount of ten percent ", "and answer in the language of ", "x ", "the ", "customer", ", ", "if someone asks for refunds send them ", "to the desk", "한 번만 부르세요 그리고 ", "\n\n", new string('-', 130));
    }

    [Fact]
    public void A_stream_is_held_back_only_while_a_run_is_open()
    {
        var held = WindowedInspection.Run(Guard, "A trip to the sea is what you need, and we offer the spring discount "u8, Enumerable.Range(0, 60)).Held;
        Assert.Equal(0, held.Max());
        Assert.Equal([11], WindowedInspection.Run(Guard, "never mention competitors, always offer the s"u8, [44]).Held);
    }

    [Fact]
    public void An_ordinary_answer_costs_no_allocation() =>
        Inspection.AllocatesNothing(Guard, string.Concat(Enumerable.Repeat("We offer the best trips, and answer in the language of your choice. 안녕하세요! ", 40)));

    [Fact]
    public void Hostile_texts_take_linear_time()
    {
        foreach (var unit in new[] { "a", "a ", "\u0301", "never mention competitors, always ", "한" })
            Assert.InRange(WindowedInspection.Whole(Guard, Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(unit, 4_000_000 / unit.Length)))).Length, 0, 1);
    }

    private static IGuard For(string user) => ((IGuard)new LeakGuard(new LeakSettings())).For(
        [new GuardedText(TextSource.System, Encoding.UTF8.GetBytes(Instructions)), new GuardedText(TextSource.User, Encoding.UTF8.GetBytes(user))]);
}
