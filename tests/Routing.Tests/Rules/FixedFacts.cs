using Gateway.Routing.Conversations;
using Gateway.Routing.Rules.Cel.Values;
using Gateway.Routing.Rules.Facts;

namespace Gateway.Routing.Tests.Rules;

/// <summary>A request that a test makes up.</summary>
internal sealed class FixedFacts : RuleFacts
{
    private readonly ValueMap _headers = new();

    public FixedFacts(params (string Name, string Value)[] headers)
    {
        foreach (var (name, value) in headers)
            _headers.Add(CelValue.Of(name), CelValue.Of(value));
    }

    /// <summary>How often the complexity was asked for.</summary>
    public int Scorings { get; private set; }

    public override string Model { get; set; } = "openai/auto";

    public override long PromptTokens => 1_000;

    public override long? MaxTokens => null;

    public override bool IsStream => true;

    public override double? Temperature => 0.7;

    public override long Turns => 3;

    public override CelList ToolNames { get; } = new ValueList(CelValue.Of("web"));

    public override bool HasImages => false;

    public override string Language => "de";

    public override long TextLength => 4_000;

    public override double Complexity
    {
        get
        {
            Scorings++;
            return 0.5;
        }
    }

    public override string LastUserText => "What is it?";

    public override string TenantId => "sales";

    public override CelMap Headers => _headers;

    public override CelMap Parameters => _headers;

    public override FleetMap Pools { get; } = new(new Fleet([A.Pool("slm"), A.Pool("llm")]));

    public override DateTimeOffset Now => new(2026, 7, 1, 22, 30, 0, TimeSpan.Zero);

    public override ConversationKey Conversation => new(Number);

    /// <summary>Which conversation it belongs to.</summary>
    public ulong Number { get; init; } = 1;
}
