using Gateway.Routing.Rules.Cel;
using Gateway.Routing.Rules.Cel.Checking;
using Gateway.Routing.Rules.Cel.Values;

namespace Gateway.Routing.Tests.Rules.Cel.Conformance;

/// <summary>The language against the specification's own suite.</summary>
public class ConformanceTests
{
    private static readonly IReadOnlyList<ConformanceCase> Suite = ConformanceCase.ReadAll();

    public static IEnumerable<TheoryDataRow<string, int>> InScope =>
        Suite.Index()
            .Where(one => ConformanceScope.ReasonToLeaveOut(one.Item) is null)
            .Select(one => new TheoryDataRow<string, int>(one.Item.Name, one.Index));

    [Theory]
    [MemberData(nameof(InScope), DisableDiscoveryEnumeration = true)]
    public void Agrees_with_the_specification(string name, int index)
    {
        var one = Suite[index];
        Assert.Equal(name, one.Name);
        var (variables, bindings) = EnvironmentOf(one);
        var (program, faults) = CelCompiler.Compile(one.Expression, variables, one.IsUnchecked ? CelChecking.Waived : CelChecking.Strict);

        Assert.True(program is not null, string.Join("; ", faults.Select(fault => $"{fault.At.Line}:{fault.At.Column} {fault.Message}")));
        if (one.DeducedType is { } type)
            Assert.Equal(ConformanceValues.Describe(type), program.Type.ToString());
        if (one.IsCheckOnly)
            return;
        var result = program.Evaluate(bindings);
        if (one.IsError)
        {
            Assert.NotEqual(CelFault.None, result.Fault);
            return;
        }

        Assert.Equal(CelFault.None, result.Fault);
        var expected = one.Value is { } value ? ConformanceValues.Read(value) : CelValue.Of(true);
        Assert.Equal(expected.Kind, result.Value.Kind);
        Assert.True(
            CelEquality.AreEqual(expected, result.Value) || double.IsNaN(expected.AsDouble) && double.IsNaN(result.Value.AsDouble),
            one.Expression);
    }

    /// <summary>So that what is run cannot silently shrink.</summary>
    [Fact]
    public void Runs_every_case_that_is_in_scope()
    {
        var byReason = Suite.CountBy(one => ConformanceScope.ReasonToLeaveOut(one) ?? "").ToDictionary();

        Assert.Equal(2344, Suite.Count);
        Assert.Equal(1094, byReason[""]);
        Assert.Equal(649, byReason[ConformanceScope.Messages]);
        Assert.Equal(594, byReason[ConformanceScope.Extension]);
        Assert.Equal(5, byReason[ConformanceScope.HostFunctions]);
        Assert.Equal(2, byReason[ConformanceScope.Namespaces]);
    }

    private static (CelVariables<Dictionary<string, CelValue>> Variables, Dictionary<string, CelValue> Bindings) EnvironmentOf(ConformanceCase one)
    {
        var variables = new CelVariables<Dictionary<string, CelValue>>();
        foreach (var declared in one.Declarations)
            ConformanceValues.Declare(variables, declared.GetProperty("name").GetString()!, ConformanceValues.Describe(declared.GetProperty("ident").GetProperty("type")));
        var bindings = one.Bindings.ToDictionary(pair => pair.Name, pair => ConformanceValues.Read(pair.Value.GetProperty("value")));
        return (variables, bindings);
    }
}
