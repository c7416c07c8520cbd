using Gateway.Routing.Rules.Cel.Syntax;
using Gateway.Routing.Rules.Cel.Values;

namespace Gateway.Routing.Rules.Cel.Evaluation;

/// <summary><c>all</c> and <c>exists</c>: as <c>&amp;&amp;</c> and <c>||</c> over the elements, errors absorbed alike.</summary>
internal sealed class QuantifierNode(Walk walk, Node<bool> condition, bool deciding, TextPosition at) : Node<bool>(CelType.Bool, at)
{
    public override bool TryEvaluate(ref Frame frame, out bool value)
    {
        value = deciding;
        if (!walk.TryBegin(ref frame, out var items))
            return false;
        var (fault, place) = (CelFault.None, default(TextPosition));
        for (var i = 0; i < items.Count; i++)
        {
            walk.Step(ref frame, items, i);
            if (!condition.TryEvaluate(ref frame, out var isTrue))
                (fault, place) = (frame.Fault, frame.FaultAt);
            else if (isTrue == deciding)
                return true;
        }

        value = !deciding;
        return fault == CelFault.None || frame.Fail(fault, place);
    }
}

/// <summary><c>exists_one</c>: whether just one element fulfils the condition; an error of any is the outcome's.</summary>
internal sealed class ExistsOneNode(Walk walk, Node<bool> condition, TextPosition at) : Node<bool>(CelType.Bool, at)
{
    public override bool TryEvaluate(ref Frame frame, out bool value)
    {
        value = false;
        if (!walk.TryBegin(ref frame, out var items))
            return false;
        var found = 0;
        for (var i = 0; i < items.Count; i++)
        {
            walk.Step(ref frame, items, i);
            if (!condition.TryEvaluate(ref frame, out var isTrue))
                return false;
            found += isTrue ? 1 : 0;
        }

        value = found == 1;
        return true;
    }
}

/// <summary><c>map</c> and <c>filter</c>: a new list of what is made of the elements that fulfil the condition, if there is one.</summary>
internal sealed class MapMacroNode(Walk walk, Node<bool>? condition, Node<CelValue> transform, CelType type, TextPosition at) : Node<CelList>(type, at)
{
    public override bool TryEvaluate(ref Frame frame, out CelList value)
    {
        value = null!;
        if (!walk.TryBegin(ref frame, out var items))
            return false;
        var (made, count) = (new CelValue[items.Count], 0);
        for (var i = 0; i < items.Count; i++)
        {
            walk.Step(ref frame, items, i);
            var isTaken = true;
            if (condition is not null && !condition.TryEvaluate(ref frame, out isTaken))
                return false;
            if (isTaken && !transform.TryEvaluate(ref frame, out made[count++]))
                return false;
        }

        value = new ValueList(made, count);
        return true;
    }
}
