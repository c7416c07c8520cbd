using Gateway.Routing.Rules.Cel;
using Gateway.Routing.Rules.Cel.Checking;
using Gateway.Routing.Rules.Cel.Values;

namespace Gateway.Routing.Tests.Rules.Cel;

/// <summary>A few variables of each type to write expressions over.</summary>
public sealed class Sample
{
    public static readonly CelVariables<Sample> Variables = new CelVariables<Sample>()
        .Add("request.model", sample => sample.Model)
        .Add("request.prompt_tokens", sample => sample.Tokens)
        .Add("request.temperature", (Sample sample, out double value) =>
        {
            value = sample.Temperature ?? 0;
            return sample.Temperature is null ? CelFault.NoSuchKey : CelFault.None;
        })
        .Add("request.tool_names", sample => sample.Tools, CelType.ListOf(CelType.Text))
        .Add("headers", sample => sample.Headers, CelType.MapOf(CelType.Text, CelType.Text))
        .Add("anything", sample => sample.Anything);

    public string Model { get; init; } = "auto";

    public long Tokens { get; init; } = 30_000;

    public double? Temperature { get; init; }

    public CelList Tools { get; init; } = new ValueList(CelValue.Of("web"), CelValue.Of("shell"));

    public CelMap Headers { get; init; } = HeadersOf(("x-team", "alpha"));

    public CelValue Anything { get; init; } = CelValue.Of(1L);

    public static CelProgram<Sample> Compile(string text)
    {
        var (program, faults) = CelCompiler.Compile(text, Variables);
        Assert.Empty(faults);
        return program!;
    }

    public static bool Holds(string text) => Compile(text).Holds(new Sample(), out _, out _);

    /// <summary>The faults of an expression, each as <c>line:column message</c>.</summary>
    public static IEnumerable<string> Faults(string text) =>
        CelCompiler.Compile(text, Variables).Faults.Select(fault => $"{fault.At.Line}:{fault.At.Column} {fault.Message}");

    private static ValueMap HeadersOf(params (string Name, string Value)[] headers)
    {
        var map = new ValueMap();
        foreach (var (name, value) in headers)
            map.Add(CelValue.Of(name), CelValue.Of(value));
        return map;
    }
}
