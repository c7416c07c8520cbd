using Gateway.Routing.Rules.Cel.Evaluation;
using Gateway.Routing.Rules.Cel.Functions;
using Gateway.Routing.Rules.Cel.Syntax;
using Gateway.Routing.Rules.Cel.Values;

namespace Gateway.Routing.Rules.Cel.Checking;

/// <summary><c>==</c> and <c>!=</c>: compared in their own type where both sides have the same, else as values.</summary>
internal static class Equality
{
    public static Node Build(Node left, Node right, bool isEqual, TextPosition at) => (left, right) switch
    {
        (Node<string> one, Node<string> other) => Call(one, other, (string a, string b, out bool same) => Yes(a == b == isEqual, out same), at),
        (Node<long> one, Node<long> other) => Call(one, other, (long a, long b, out bool same) => Yes(a == b == isEqual, out same), at),
        (Node<bool> one, Node<bool> other) => Call(one, other, (bool a, bool b, out bool same) => Yes(a == b == isEqual, out same), at),
        (Node<ulong> one, Node<ulong> other) => Call(one, other, (ulong a, ulong b, out bool same) => Yes(a == b == isEqual, out same), at),
        (Node<double> one, Node<double> other) => Call(one, other, (double a, double b, out bool same) => Yes(a == b == isEqual, out same), at),
        _ => Call(left.AsDynamic(), right.AsDynamic(), (CelValue a, CelValue b, out bool same) =>
            Yes(CelEquality.AreEqual(a, b) == isEqual, out same), at),
    };

    private static CallNode<T, T, bool> Call<T>(Node<T> left, Node<T> right, Operation<T, T, bool> operation, TextPosition at) =>
        new(left, right, operation, CelType.Bool, at);

    private static CelFault Yes(bool value, out bool result)
    {
        result = value;
        return CelFault.None;
    }
}
