using System.Text;
using Gateway.Guardrails.Pii;

namespace Gateway.Guardrails.Tests.Pii;

public sealed class PiiGuardTests
{
    private static readonly PiiGuard Guard = new(new PiiSettings { Regions = ["US", "KR", "DE"] });

    private static readonly PiiGuard American = new(new PiiSettings());

    public static TheoryData<string, string> Found => [.. PiiExamples.Found.Select(static one => (one.Label, one.Text))];

    public static TheoryData<string, string> Evasions => [.. PiiExamples.Evasions.Select(static one => (one.Label, one.Text))];

    public static TheoryData<string> Ordinary => [.. PiiExamples.Ordinary];

    [Theory]
    [MemberData(nameof(Found))]
    [MemberData(nameof(Evasions))]
    public void Personal_data_is_found_where_it_stands_and_nothing_else(string label, string marked)
    {
        var (text, values) = PiiExamples.Unmark(marked);
        Assert.Equal(values.Select(value => $"{label}: {value}"), Seen(Guard, text));
    }

    [Theory]
    [MemberData(nameof(Ordinary))]
    public void Ordinary_numbers_versions_hashes_and_code_are_not(string text) => Assert.Empty(Seen(American, text));

    [Fact]
    public void Every_entity_has_an_example() =>
        Assert.Equal(PiiGuard.Entities.Order(), PiiExamples.Found.Select(static one => one.Label).Distinct().Order());

    [Fact]
    public void Only_the_entities_that_are_set_are_found()
    {
        var guard = new PiiGuard(new PiiSettings { Entities = ["email", "card"] });
        Assert.Equal(["email: bob@example.com"], Seen(guard, "bob@example.com, 203.0.113.7, +1 201 555 0123"));
    }

    [Fact]
    public void An_unknown_entity_is_answered_with_those_that_are_known()
    {
        var error = Assert.Throws<ArgumentException>(() => new PiiGuard(new PiiSettings { Entities = ["emails"] }));
        Assert.Contains("email, phone, card", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_region_without_numbering_plan_is_an_error() =>
        Assert.Throws<ArgumentException>(() => new PiiGuard(new PiiSettings { Regions = ["XX"] }));

    [Fact]
    public void Escapes_of_json_are_read_in_arguments_alone()
    {
        const string text = """{"to":"bob\u0040example.com"}""";
        Assert.Equal(["email: bob\\u0040example.com"], Seen(Guard, text, TextSource.Arguments));
        Assert.Empty(Seen(Guard, text));
    }

    [Fact]
    public void What_overlaps_is_found_once()
    {
        Assert.Equal(["email: 201-555-0123@example.com"], Seen(Guard, "at 201-555-0123@example.com."));
        Assert.Equal(["ip: 203.0.113.7"], Seen(Guard, "host [203.0.113.7]"));
    }

    [Fact]
    public void Nothing_is_allocated_when_nothing_is_found()
    {
        var text = Encoding.UTF8.GetBytes(string.Join('\n', PiiExamples.Ordinary));
        var found = new Findings();
        for (var i = 0; i < 3; i++)
            American.Inspect(text, new Passage(TextSource.User), found);
        var before = GC.GetAllocatedBytesForCurrentThread();
        American.Inspect(text, new Passage(TextSource.User), found);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(0, found.Count);
    }

    internal static string[] Seen(PiiGuard guard, string text, TextSource source = TextSource.User)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return [.. WindowedInspection.Whole(guard, bytes, source).Select(one => $"{one.Label}: {Encoding.UTF8.GetString(bytes, one.Start, one.Length)}")];
    }
}
