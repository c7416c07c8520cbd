using Gateway.Routing.Rules.Cel.Values;

namespace Gateway.Routing.Rules.Cel.Evaluation;

/// <summary>What a macro walks: a list's elements or a map's keys, each put in turn where its variable is read.</summary>
internal sealed class Walk(Node<CelValue> range, int slot)
{
    public bool TryBegin(ref Frame frame, out CelList items)
    {
        items = null!;
        if (!range.TryEvaluate(ref frame, out var held))
            return false;
        if (held.Kind is not (CelKind.List or CelKind.Map))
            return frame.Fail(CelFault.NoSuchOverload, range.At);
        items = held.Kind == CelKind.List ? held.AsList : held.AsMap.Keys;
        return true;
    }

    public void Step(ref Frame frame, CelList items, int index) => frame.Local(slot) = items[index];
}
