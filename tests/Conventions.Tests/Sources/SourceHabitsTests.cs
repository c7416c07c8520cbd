namespace Gateway.Conventions.Tests.Sources;

public sealed class SourceHabitsTests
{
    [Fact]
    public void A_suppressed_warning_says_why() =>
        Rule.Holds(
            "a #pragma warning disable ends in // and the reason; SuppressMessage has a Justification",
            Repository.Sources.SelectMany(SourceHabits.SilentSuppressions));

    [Fact]
    public void Nothing_in_src_is_left_for_later() =>
        Rule.Holds(
            "src holds nothing that waits to be done: do it, or leave it out",
            Repository.SourcesUnder("src").SelectMany(SourceHabits.LeftForLater));

    [Fact]
    public void No_test_is_skipped() =>
        Rule.Holds(
            "no test is skipped by its attribute: mend it or delete it",
            Repository.SourcesUnder("tests").SelectMany(SourceHabits.SkippedTests));

    [Fact]
    public void Only_Hosting_knows_the_simulator() =>
        Rule.Holds(
            "in src/Gateway only Hosting (which starts the demo) uses Gateway.Simulator",
            Repository.SourcesUnder("src/Gateway")
                .Where(source => !source.Path.StartsWith("src/Gateway/Hosting/", StringComparison.Ordinal))
                .SelectMany(SourceHabits.SimulatorNames));

    [Fact]
    public void A_pragma_without_a_reason_is_an_offender()
    {
        Assert.Equal(
            ["a.cs:1: #pragma warning disable CA1000"],
            SourceHabits.SilentSuppressions(SourceFile.Parse("a.cs", "#pragma warning disable CA1000\nclass A;")));
        Assert.Single(SourceHabits.SilentSuppressions(SourceFile.Parse("a.cs", "#pragma warning disable CA1000 //\nclass A;")));
        Assert.Empty(SourceHabits.SilentSuppressions(SourceFile.Parse("a.cs", "#pragma warning disable CA1000 // why\nclass A;")));
        Assert.Empty(SourceHabits.SilentSuppressions(SourceFile.Parse("a.cs", "#pragma warning restore CA1000\nclass A;")));
        const string Quoted = "class A { string Text = \"\"\"\n#pragma warning disable CA1000\n\"\"\"; }";
        Assert.Empty(SourceHabits.SilentSuppressions(SourceFile.Parse("a.cs", Quoted)));
    }

    [Fact]
    public void A_suppression_without_a_justification_is_an_offender()
    {
        Assert.Single(SourceHabits.SilentSuppressions(SourceFile.Parse("a.cs", "[SuppressMessage(\"a\", \"b\")] class A;")));
        const string Justified = "[SuppressMessage(\"a\", \"b\", Justification = \"c\")] class A;";
        Assert.Empty(SourceHabits.SilentSuppressions(SourceFile.Parse("a.cs", Justified)));
    }

    [Theory]
    [InlineData("// TODO later", "TODO")]
    [InlineData("// FIXME", "FIXME")]
    [InlineData("class A { void M() => throw new NotImplementedException(); }", "NotImplementedException")]
    public void What_is_left_for_later_is_an_offender(string text, string offence) =>
        Assert.Equal([$"a.cs:1: {offence}"], SourceHabits.LeftForLater(SourceFile.Parse("a.cs", text)));

    [Fact]
    public void A_skipped_test_is_an_offender()
    {
        Assert.Equal(
            ["a.cs:1: Skip = \"slow\""],
            SourceHabits.SkippedTests(SourceFile.Parse("a.cs", "class A { [Fact(Skip = \"slow\")] void M() { } }")));
        Assert.Empty(SourceHabits.SkippedTests(SourceFile.Parse("a.cs", "class A { [Fact(Timeout = 5)] void M() { Run(Skip: 1); } }")));
    }

    [Theory]
    [InlineData("using Gateway.Simulator;")]
    [InlineData("using Gateway.Simulator.Scripts;")]
    [InlineData("using Alias = Gateway.Simulator.Script;")]
    [InlineData("class A { Gateway.Simulator.Script Field; }")]
    [InlineData("namespace Gateway; class A { object M() => Simulator.Script.Start(); }")]
    [InlineData("namespace Gateway; class A { Simulator.Script Field; }")]
    public void Naming_the_simulator_is_an_offence(string text) =>
        Assert.NotEmpty(SourceHabits.SimulatorNames(SourceFile.Parse("a.cs", text)));

    [Theory]
    [InlineData("using Gateway.Simulation;")]
    [InlineData("namespace Gateway; class A { SimulatorOptions Field; }")]
    public void Naming_something_else_is_none(string text) => Assert.Empty(SourceHabits.SimulatorNames(SourceFile.Parse("a.cs", text)));
}
