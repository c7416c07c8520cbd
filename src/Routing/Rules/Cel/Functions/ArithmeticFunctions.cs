using System.Numerics;
using Gateway.Routing.Rules.Cel.Syntax;
using Gateway.Routing.Rules.Cel.Values;

namespace Gateway.Routing.Rules.Cel.Functions;

/// <summary>Arithmetic: whole numbers never wrap around, they are out of range.</summary>
internal static class ArithmeticFunctions
{
    public static void AddTo(FunctionTable table)
    {
        table.Add(Operators.Add, CallStyle.Global, (long left, long right, out long sum) =>
            Within((Int128)left + right, out sum));
        table.Add(Operators.Subtract, CallStyle.Global, (long left, long right, out long difference) =>
            Within((Int128)left - right, out difference));
        table.Add(Operators.Multiply, CallStyle.Global, (long left, long right, out long product) =>
            Within((Int128)left * right, out product));
        table.Add(Operators.Divide, CallStyle.Global, (long left, long right, out long quotient) =>
            right == 0 ? Fail(CelFault.DivisionByZero, out quotient) : Within((Int128)left / right, out quotient));
        table.Add(Operators.Remainder, CallStyle.Global, (long left, long right, out long rest) =>
            right == 0 ? Fail(CelFault.DivisionByZero, out rest)
            : left == long.MinValue && right == -1 ? Fail(CelFault.OutOfRange, out rest)
            : Succeed(left % right, out rest));
        table.Add(Operators.Negate, CallStyle.Global, (long operand, out long negated) => Within(-(Int128)operand, out negated));

        table.Add(Operators.Add, CallStyle.Global, (ulong left, ulong right, out ulong sum) =>
            Within((Int128)left + right, out sum));
        table.Add(Operators.Subtract, CallStyle.Global, (ulong left, ulong right, out ulong difference) =>
            Within((Int128)left - right, out difference));
        table.Add(Operators.Multiply, CallStyle.Global, (ulong left, ulong right, out ulong product) =>
            Math.BigMul(left, right, out product) == 0 ? CelFault.None : CelFault.OutOfRange);
        table.Add(Operators.Divide, CallStyle.Global, (ulong left, ulong right, out ulong quotient) =>
            right == 0 ? Fail(CelFault.DivisionByZero, out quotient) : Succeed(left / right, out quotient));
        table.Add(Operators.Remainder, CallStyle.Global, (ulong left, ulong right, out ulong rest) =>
            right == 0 ? Fail(CelFault.DivisionByZero, out rest) : Succeed(left % right, out rest));

        table.Add(Operators.Add, CallStyle.Global, (double left, double right, out double sum) => Succeed(left + right, out sum));
        table.Add(Operators.Subtract, CallStyle.Global, (double left, double right, out double difference) => Succeed(left - right, out difference));
        table.Add(Operators.Multiply, CallStyle.Global, (double left, double right, out double product) => Succeed(left * right, out product));
        table.Add(Operators.Divide, CallStyle.Global, (double left, double right, out double quotient) => Succeed(left / right, out quotient));
        table.Add(Operators.Negate, CallStyle.Global, (double operand, out double negated) => Succeed(-operand, out negated));

        table.Add(Operators.Not, CallStyle.Global, (bool operand, out bool negated) => Succeed(!operand, out negated));
    }

    public static CelFault Succeed<T>(T value, out T result)
    {
        result = value;
        return CelFault.None;
    }

    public static CelFault Fail<T>(CelFault fault, out T result)
    {
        result = default!;
        return fault;
    }

    private static CelFault Within<T>(Int128 value, out T result)
        where T : IBinaryInteger<T>, IMinMaxValue<T>
    {
        result = T.CreateTruncating(value);
        return value >= Int128.CreateChecked(T.MinValue) && value <= Int128.CreateChecked(T.MaxValue) ? CelFault.None : CelFault.OutOfRange;
    }
}
