using Gateway.Routing.Rules.Cel.Evaluation;
using Gateway.Routing.Rules.Cel.Values;

namespace Gateway.Routing.Rules.Cel.Checking;

/// <summary>Gives what passes through as any type the representation of the type that the checker knows it has.</summary>
internal static class Narrowing
{
    public static Node To(Node<CelValue> node, CelType type) => type.Kind switch
    {
        CelKind.Bool => new UnwrapNode<bool>(node, type),
        CelKind.Int => new UnwrapNode<long>(node, type),
        CelKind.Uint => new UnwrapNode<ulong>(node, type),
        CelKind.Double => new UnwrapNode<double>(node, type),
        CelKind.Text => new UnwrapNode<string>(node, type),
        CelKind.Bytes => new UnwrapNode<byte[]>(node, type),
        CelKind.List => new UnwrapNode<CelList>(node, type),
        CelKind.Map => new UnwrapNode<CelMap>(node, type),
        CelKind.Timestamp => new UnwrapNode<CelTimestamp>(node, type),
        CelKind.Duration => new UnwrapNode<CelDuration>(node, type),
        CelKind.Type => new UnwrapNode<CelType>(node, type),
        _ => node,
    };
}
