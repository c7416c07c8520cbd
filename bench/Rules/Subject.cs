using Gateway.Routing.Rules.Cel.Checking;
using Gateway.Routing.Rules.Cel.Values;

namespace Gateway.Bench.Rules;

/// <summary>Variables of the types that rules read.</summary>
internal sealed class Subject
{
    public static readonly CelVariables<Subject> Variables = new CelVariables<Subject>()
        .Add("request.model", _ => "auto")
        .Add("request.prompt_tokens", _ => 30_000L)
        .Add("request.tool_names", subject => subject._tools, CelType.ListOf(CelType.Text))
        .Add("tenant.id", _ => "sales")
        .Add("headers", subject => subject._headers, CelType.MapOf(CelType.Text, CelType.Text));

    private readonly CelList _tools = new ValueList(CelValue.Of("shell"), CelValue.Of("web"));
    private readonly CelMap _headers;

    public Subject()
    {
        var headers = new ValueMap();
        headers.Add(CelValue.Of("x-team"), CelValue.Of("alpha"));
        _headers = headers;
    }
}
