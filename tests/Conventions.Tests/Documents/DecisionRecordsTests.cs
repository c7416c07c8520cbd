namespace Gateway.Conventions.Tests.Documents;

public sealed class DecisionRecordsTests
{
    private const int OnePage = 70;

    [Fact]
    public void Decision_records_are_numbered_consecutively() =>
        Rule.Holds("decision records are numbered from 0001 without a gap", DecisionRecords.Misnumbered(Records()));

    [Fact]
    public void Decision_records_have_context_decision_and_consequences_on_one_page()
    {
        Assert.NotEmpty(Records());
        Rule.Holds(
            "a decision record is one page: Context, Decision, Consequences",
            Records().Select(MarkdownDocument.Load).SelectMany(record => DecisionRecords.Malformed(record, OnePage)));
    }

    [Fact]
    public void A_gap_a_double_and_a_stray_name_are_offenders()
    {
        Assert.Empty(DecisionRecords.Misnumbered(["d/0001-a.md", "d/0002-b-c.md"]));
        Assert.Single(DecisionRecords.Misnumbered(["d/0001-a.md", "d/0003-b.md"]));
        Assert.Single(DecisionRecords.Misnumbered(["d/0001-a.md", "d/0001-b.md"]));
        Assert.Single(DecisionRecords.Misnumbered(["d/0001-A.md"]));
    }

    [Fact]
    public void A_malformed_record_is_an_offender()
    {
        const string Good = "# 7. Title\n\n## Context\na\n## Decision\nb\n## Consequences\nc\n";
        Assert.Empty(DecisionRecords.Malformed(new("d/0007-a.md", Good), 10));
        Assert.Single(DecisionRecords.Malformed(new("d/0007-a.md", Good), 5));
        Assert.Single(DecisionRecords.Malformed(new("d/0008-a.md", Good), 10));
        Assert.Equal(
            2,
            DecisionRecords.Malformed(new("d/0007-a.md", Good.Replace("## Decision\nb\n", "", StringComparison.Ordinal)), 10).Count());
        Assert.Single(DecisionRecords.Malformed(new("d/0007-a.md", Good.Replace("\nb\n", "\n", StringComparison.Ordinal)), 10));
    }

    private static IEnumerable<string> Records() =>
        Repository.Files.Where(path => path.StartsWith("docs/decisions/", StringComparison.Ordinal));
}
