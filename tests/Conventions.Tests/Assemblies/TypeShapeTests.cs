using System.Reflection;

namespace Gateway.Conventions.Tests.Assemblies;

public sealed class TypeShapeTests
{
    [Theory]
    [InlineData("Gateway")]
    [InlineData("Gateway.Caching")]
    [InlineData("Gateway.Guardrails")]
    [InlineData("Gateway.Routing")]
    [InlineData("Gateway.Simulator")]
    public void Every_class_is_sealed_static_or_abstract(string assembly) =>
        Rule.Holds("every class in src is sealed, static or abstract", TypeShape.Open(Assembly.Load(assembly).GetTypes()));

    [Fact]
    public void An_open_class_is_an_offender() =>
        Assert.Equal(
            ["System.Exception"],
            TypeShape.Open([typeof(Exception), typeof(string), typeof(Console), typeof(Stream), typeof(IDisposable), typeof(Action)]));
}
