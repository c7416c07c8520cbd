using Gateway.Routing.Rules.Cel.Syntax;
using Gateway.Routing.Rules.Cel.Values;

namespace Gateway.Routing.Rules.Cel.Evaluation;

/// <summary>A list that is written out.</summary>
internal sealed class ListNode(Node<CelValue>[] elements, CelType type, TextPosition at) : Node<CelList>(type, at)
{
    public override bool IsConstant => Array.TrueForAll(elements, element => element.IsConstant);

    public override bool TryEvaluate(ref Frame frame, out CelList value)
    {
        value = null!;
        var values = new CelValue[elements.Length];
        for (var i = 0; i < values.Length; i++)
        {
            if (!elements[i].TryEvaluate(ref frame, out values[i]))
                return false;
        }

        value = new ValueList(values);
        return true;
    }
}

/// <summary>A map that is written out.</summary>
internal sealed class MapNode((Node<CelValue> Key, Node<CelValue> Value)[] entries, CelType type, TextPosition at) : Node<CelMap>(type, at)
{
    public override bool IsConstant => Array.TrueForAll(entries, entry => entry.Key.IsConstant && entry.Value.IsConstant);

    public override bool TryEvaluate(ref Frame frame, out CelMap value)
    {
        var map = new ValueMap(entries.Length);
        value = map;
        foreach (var entry in entries)
        {
            if (!entry.Key.TryEvaluate(ref frame, out var key) || !entry.Value.TryEvaluate(ref frame, out var held))
                return false;
            if (map.Add(key, held) is var fault && fault != CelFault.None)
                return frame.Fail(fault, entry.Key.At);
        }

        return true;
    }
}
