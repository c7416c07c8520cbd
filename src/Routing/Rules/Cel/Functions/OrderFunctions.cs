using Gateway.Routing.Rules.Cel.Syntax;
using Gateway.Routing.Rules.Cel.Values;
using static Gateway.Routing.Rules.Cel.Functions.ArithmeticFunctions;

namespace Gateway.Routing.Rules.Cel.Functions;

/// <summary>What is less than what; numbers also across their types.</summary>
internal static class OrderFunctions
{
    public static void AddTo(FunctionTable table)
    {
        table.Add(Operators.Less, CallStyle.Global, (long left, long right, out bool holds) => Succeed(left < right, out holds));
        table.Add(Operators.LessOrEqual, CallStyle.Global, (long left, long right, out bool holds) => Succeed(left <= right, out holds));
        table.Add(Operators.Greater, CallStyle.Global, (long left, long right, out bool holds) => Succeed(left > right, out holds));
        table.Add(Operators.GreaterOrEqual, CallStyle.Global, (long left, long right, out bool holds) => Succeed(left >= right, out holds));

        table.Add(Operators.Less, CallStyle.Global, (double left, double right, out bool holds) => Succeed(left < right, out holds));
        table.Add(Operators.LessOrEqual, CallStyle.Global, (double left, double right, out bool holds) => Succeed(left <= right, out holds));
        table.Add(Operators.Greater, CallStyle.Global, (double left, double right, out bool holds) => Succeed(left > right, out holds));
        table.Add(Operators.GreaterOrEqual, CallStyle.Global, (double left, double right, out bool holds) => Succeed(left >= right, out holds));

        Add<ulong, ulong>(table, (left, right) => left.CompareTo(right));
        Add<long, ulong>(table, CelOrder.Compare);
        Add<long, double>(table, CelOrder.Compare);
        Add<ulong, long>(table, (left, right) => CelOrder.Turn(CelOrder.Compare(right, left)));
        Add<ulong, double>(table, CelOrder.Compare);
        Add<double, long>(table, (left, right) => CelOrder.Turn(CelOrder.Compare(right, left)));
        Add<double, ulong>(table, (left, right) => CelOrder.Turn(CelOrder.Compare(right, left)));

        Add<string, string>(table, CelOrder.Compare);
        Add<byte[], byte[]>(table, CelOrder.Compare);
        Add<bool, bool>(table, (left, right) => left.CompareTo(right));
        Add<CelTimestamp, CelTimestamp>(table, (left, right) => left.CompareTo(right));
        Add<CelDuration, CelDuration>(table, (left, right) => left.CompareTo(right));
    }

    private static void Add<TLeft, TRight>(FunctionTable table, Func<TLeft, TRight, int> compare)
    {
        table.Add(Operators.Less, CallStyle.Global, (TLeft left, TRight right, out bool holds) =>
            Succeed(compare(left, right) < 0, out holds));
        table.Add(Operators.LessOrEqual, CallStyle.Global, (TLeft left, TRight right, out bool holds) =>
            Succeed(compare(left, right) <= 0, out holds));
        table.Add(Operators.Greater, CallStyle.Global, (TLeft left, TRight right, out bool holds) =>
            Succeed(compare(left, right) is > 0 and not CelOrder.Unordered, out holds));
        table.Add(Operators.GreaterOrEqual, CallStyle.Global, (TLeft left, TRight right, out bool holds) =>
            Succeed(compare(left, right) is >= 0 and not CelOrder.Unordered, out holds));
    }
}
