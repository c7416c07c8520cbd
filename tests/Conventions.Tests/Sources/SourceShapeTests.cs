namespace Gateway.Conventions.Tests.Sources;

public sealed class SourceShapeTests
{
    [Fact]
    public void A_source_file_has_at_most_400_lines() =>
        Rule.Holds(
            "a file in src or bench has at most 400 lines; it feels right at 150 and is looked at again at 250",
            Repository.SourcesUnder("src", "bench").SelectMany(source => SourceShape.TooLong(source, 400)));

    [Fact]
    public void A_test_file_has_at_most_600_lines() =>
        Rule.Holds(
            "a file in tests has at most 600 lines",
            Repository.SourcesUnder("tests").SelectMany(source => SourceShape.TooLong(source, 600)));

    [Fact]
    public void A_source_file_declares_at_most_four_top_level_types() =>
        Rule.Holds(
            "one concept per file: at most four top-level types, one is better",
            Repository.SourcesUnder("src").SelectMany(source => SourceShape.TooManyTypes(source, 4)));

    [Fact]
    public void A_method_has_at_most_60_lines() =>
        Rule.Holds("a method has at most 60 lines", Repository.Sources.SelectMany(source => SourceShape.LongMethods(source, 60)));

    [Fact]
    public void A_constructor_has_at_most_six_parameters() =>
        Rule.Holds(
            "a constructor takes at most six parameters: more means the type has more than one job",
            Repository.Sources.SelectMany(source => SourceShape.WideConstructors(source, 6)));

    [Fact]
    public void A_file_over_the_limit_is_an_offender()
    {
        Assert.Equal(["a.cs: 3 lines"], SourceShape.TooLong(SourceFile.Parse("a.cs", "class A;\n\nclass B;\n"), 2));
        Assert.Empty(SourceShape.TooLong(SourceFile.Parse("a.cs", "class A;\nclass B;\n"), 2));
    }

    [Fact]
    public void Types_are_counted_at_the_top_only()
    {
        var source = SourceFile.Parse("a.cs", "namespace N; class A { enum Inner { } } record B; delegate void C(); partial class A;");
        Assert.Equal(["a.cs: 3 top-level types (A, B, C)"], SourceShape.TooManyTypes(source, 2));
        Assert.Empty(SourceShape.TooManyTypes(source, 3));
    }

    [Theory]
    [InlineData("class A {\n/// <summary>Not counted.</summary>\nvoid M()\n{\n}\n}", "a.cs:3: M has 3 lines")]
    [InlineData("class A {\nA()\n{\n}\n}", "a.cs:2: A has 3 lines")]
    [InlineData("class A { int P {\nget\n{\nreturn 1; }\n} }", "a.cs:2: GetAccessorDeclaration has 3 lines")]
    public void A_long_method_is_an_offender(string text, string offence)
    {
        Assert.Contains(offence, SourceShape.LongMethods(SourceFile.Parse("a.cs", text), 2));
        Assert.Empty(SourceShape.LongMethods(SourceFile.Parse("a.cs", text), 3));
    }

    [Theory]
    [InlineData("class A { A(int a, int b, int c) { } }")]
    [InlineData("class A(int a, int b, int c);")]
    [InlineData("struct A(int a, int b, int c);")]
    public void A_wide_constructor_is_an_offender(string text)
    {
        Assert.Equal(["a.cs:1: A takes 3 parameters"], SourceShape.WideConstructors(SourceFile.Parse("a.cs", text), 2));
        Assert.Empty(SourceShape.WideConstructors(SourceFile.Parse("a.cs", text), 3));
    }

    [Fact]
    public void A_records_fields_are_not_a_wide_constructor() =>
        Assert.Empty(SourceShape.WideConstructors(SourceFile.Parse("a.cs", "record A(int a, int b, int c); record struct B(int a, int b);"), 1));
}
