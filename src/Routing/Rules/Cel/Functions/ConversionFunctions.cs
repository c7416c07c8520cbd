using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Gateway.Routing.Rules.Cel.Values;
using static Gateway.Routing.Rules.Cel.Functions.ArithmeticFunctions;

namespace Gateway.Routing.Rules.Cel.Functions;

/// <summary>Conversions between types: what does not fit is an error, never cut to fit. Fractions are cut off.</summary>
internal static class ConversionFunctions
{
    private const double TwoTo63 = 9223372036854775808.0;
    private const double TwoTo64 = 18446744073709551616.0;
    private const NumberStyles SignedInteger = NumberStyles.AllowLeadingSign;

    public static void AddTo(FunctionTable table)
    {
        AddNumbers(table);
        AddTexts(table);

        table.Add("bool", CallStyle.Global, (bool value, out bool same) => Succeed(value, out same));
        table.Add("bool", CallStyle.Global, (string text, out bool value) => text switch
        {
            "1" or "t" or "T" or "true" or "TRUE" or "True" => Succeed(true, out value),
            "0" or "f" or "F" or "false" or "FALSE" or "False" => Succeed(false, out value),
            _ => Fail(CelFault.BadConversion, out value),
        });
        table.Add("timestamp", CallStyle.Global, (CelTimestamp value, out CelTimestamp same) => Succeed(value, out same));
        table.Add("timestamp", CallStyle.Global, (string text, out CelTimestamp value) => TimestampText.Read(text, out value));
        table.Add("timestamp", CallStyle.Global, (long seconds, out CelTimestamp value) =>
            CelTimestamp.IsInRange(seconds) ? Succeed(new CelTimestamp(seconds, 0), out value) : Fail(CelFault.OutOfRange, out value));
        table.Add("duration", CallStyle.Global, (CelDuration value, out CelDuration same) => Succeed(value, out same));
        table.Add("duration", CallStyle.Global, (string text, out CelDuration value) => DurationText.Read(text, out value));
        table.Add("dyn", CallStyle.Global, (CelValue value, out CelValue same) => Succeed(value, out same));
        table.Add("type", CallStyle.Global, (CelValue value, out CelType type) => Succeed(CelType.OfKind(value.Kind), out type));
    }

    private static void AddNumbers(FunctionTable table)
    {
        table.Add("int", CallStyle.Global, (long value, out long same) => Succeed(value, out same));
        table.Add("int", CallStyle.Global, (ulong value, out long whole) =>
            value <= long.MaxValue ? Succeed((long)value, out whole) : Fail(CelFault.OutOfRange, out whole));
        table.Add("int", CallStyle.Global, (double value, out long whole) =>
            value is > -TwoTo63 and < TwoTo63 ? Succeed((long)value, out whole) : Fail(CelFault.OutOfRange, out whole));
        table.Add("int", CallStyle.Global, (string text, out long whole) =>
            long.TryParse(text, SignedInteger, CultureInfo.InvariantCulture, out whole) ? CelFault.None : CelFault.BadConversion);
        table.Add("int", CallStyle.Global, (CelTimestamp moment, out long seconds) => Succeed(moment.Seconds, out seconds));
        table.Add("int", CallStyle.Global, (CelDuration duration, out long nanos) => Succeed(duration.Nanos, out nanos));

        table.Add("uint", CallStyle.Global, (ulong value, out ulong same) => Succeed(value, out same));
        table.Add("uint", CallStyle.Global, (long value, out ulong whole) =>
            value >= 0 ? Succeed((ulong)value, out whole) : Fail(CelFault.OutOfRange, out whole));
        table.Add("uint", CallStyle.Global, (double value, out ulong whole) =>
            value is >= 0 and < TwoTo64 ? Succeed((ulong)value, out whole) : Fail(CelFault.OutOfRange, out whole));
        table.Add("uint", CallStyle.Global, (string text, out ulong whole) =>
            ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out whole) ? CelFault.None : CelFault.BadConversion);

        table.Add("double", CallStyle.Global, (double value, out double same) => Succeed(value, out same));
        table.Add("double", CallStyle.Global, (long value, out double number) => Succeed(value, out number));
        table.Add("double", CallStyle.Global, (ulong value, out double number) => Succeed(value, out number));
        table.Add("double", CallStyle.Global, (string text, out double number) =>
            double.TryParse(text, NumberStyles.Float & ~NumberStyles.AllowLeadingWhite & ~NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out number)
                ? CelFault.None
                : CelFault.BadConversion);
    }

    private static void AddTexts(FunctionTable table)
    {
        table.Add("string", CallStyle.Global, (string value, out string same) => Succeed(value, out same));
        table.Add("string", CallStyle.Global, (bool value, out string text) => Succeed(value ? "true" : "false", out text));
        table.Add("string", CallStyle.Global, (long value, out string text) => Succeed(value.ToString(CultureInfo.InvariantCulture), out text));
        table.Add("string", CallStyle.Global, (ulong value, out string text) => Succeed(value.ToString(CultureInfo.InvariantCulture), out text));
        table.Add("string", CallStyle.Global, (double value, out string text) =>
            Succeed(value.ToString(CultureInfo.InvariantCulture).Replace('E', 'e'), out text));
        table.Add("string", CallStyle.Global, (byte[] value, out string text) => ReadUtf8(value, out text));
        table.Add("string", CallStyle.Global, (CelTimestamp value, out string text) => Succeed(value.ToString(), out text));
        table.Add("string", CallStyle.Global, (CelDuration value, out string text) => Succeed(value.ToString(), out text));

        table.Add("bytes", CallStyle.Global, (byte[] value, out byte[] same) => Succeed(value, out same));
        table.Add("bytes", CallStyle.Global, (string value, out byte[] bytes) => Succeed(Encoding.UTF8.GetBytes(value), out bytes));
    }

    private static CelFault ReadUtf8(byte[] bytes, out string text)
    {
        if (!Utf8.IsValid(bytes))
            return Fail(CelFault.BadConversion, out text);
        return Succeed(Encoding.UTF8.GetString(bytes), out text);
    }
}
