using Gateway.Routing.Rules.Cel.Syntax;
using Gateway.Routing.Rules.Cel.Values;
using static Gateway.Routing.Rules.Cel.Functions.ArithmeticFunctions;

namespace Gateway.Routing.Rules.Cel.Functions;

/// <summary>Strings, bytes, lists and maps: size, concatenation, what begins, ends or contains what.</summary>
/// <remarks><c>matches</c> is not among them: its pattern is compiled when the configuration loads.</remarks>
internal static class TextFunctions
{
    private const string Size = "size";

    public static void AddTo(FunctionTable table)
    {
        table.Add(Size, CallStyle.Either, (string text, out long size) => Succeed(CodePoints(text), out size));
        table.Add(Size, CallStyle.Either, (byte[] bytes, out long size) => Succeed(bytes.Length, out size));
        table.Add(Size, CallStyle.Either, (CelList list, out long size) => Succeed(list.Count, out size));
        table.Add(Size, CallStyle.Either, (CelMap map, out long size) => Succeed(map.Count, out size));

        table.Add("startsWith", CallStyle.Member, (string text, string start, out bool does) =>
            Succeed(text.StartsWith(start, StringComparison.Ordinal), out does));
        table.Add("endsWith", CallStyle.Member, (string text, string end, out bool does) =>
            Succeed(text.EndsWith(end, StringComparison.Ordinal), out does));
        table.Add("contains", CallStyle.Member, (string text, string part, out bool does) =>
            Succeed(text.Contains(part, StringComparison.Ordinal), out does));

        table.Add(Operators.Add, CallStyle.Global, (string left, string right, out string both) => Succeed(left + right, out both));
        table.Add(Operators.Add, CallStyle.Global, (byte[] left, byte[] right, out byte[] both) => Succeed([.. left, .. right], out both));
        table.Add(Operators.Add, CallStyle.Global, (CelList left, CelList right, out CelList both) =>
            Succeed(ValueList.Concatenate(left, right), out both));
    }

    /// <summary>The length as the language counts it: a pair of surrogates is one.</summary>
    private static long CodePoints(string text)
    {
        var count = text.Length;
        for (var i = 1; i < text.Length; i++)
        {
            if (char.IsSurrogatePair(text[i - 1], text[i]))
                count--;
        }

        return count;
    }
}
