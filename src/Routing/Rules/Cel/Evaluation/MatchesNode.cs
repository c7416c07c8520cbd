using System.Text.RegularExpressions;
using Gateway.Routing.Rules.Cel.Syntax;
using Gateway.Routing.Rules.Cel.Values;

namespace Gateway.Routing.Rules.Cel.Evaluation;

/// <summary><c>text.matches(pattern)</c>, in time linear in the text; the pattern was compiled when the configuration loaded.</summary>
internal sealed class MatchesNode(Node<string> text, Regex pattern, TextPosition at) : Node<bool>(CelType.Bool, at)
{
    public override bool IsConstant => text.IsConstant;

    public override bool TryEvaluate(ref Frame frame, out bool value)
    {
        value = text.TryEvaluate(ref frame, out var subject) && pattern.IsMatch(subject);
        return value || subject is not null;
    }
}
