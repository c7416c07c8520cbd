using System.Globalization;

namespace Gateway.Configuration.Reading;

/// <summary>Reads text, variables already expanded, as the type that an option has.</summary>
internal static class ScalarReader
{
    /// <summary>Whether values of this type are written without quotes.</summary>
    public static bool IsBare(Type type) => type == typeof(bool) || IsNumber(type);

    public static bool IsNumber(Type type) =>
        type == typeof(int) || type == typeof(long) || type == typeof(double) || type == typeof(decimal);

    public static ScalarReading Read(string text, Type type, OptionMember member)
    {
        if (type == typeof(string))
        {
            return Text(text, member.IsExpression);
        }

        if (type == typeof(TimeSpan))
        {
            return Duration.Read(text);
        }

        if (type == typeof(Uri))
        {
            return Address.Read(text, member.IsListener);
        }

        if (type == typeof(bool))
        {
            return text is "true" or "false"
                ? ScalarReading.Of(text == "true")
                : ScalarReading.Wrong("is not a switch; write true or false");
        }

        return IsNumber(type)
            ? Number(text, type, member)
            : throw new InvalidOperationException($"{member.Property} has a type that the file cannot hold: {type}");
    }

    private static ScalarReading Text(string text, bool mayBreak)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return ScalarReading.Wrong("is empty; write a value or remove the key");
        }

        return text.Any(letter => char.IsControl(letter) && !(mayBreak && letter is '\n' or '\t'))
            ? ScalarReading.Wrong("has a line break or another control character; write it on one line")
            : ScalarReading.Of(text);
    }

    private static ScalarReading Number(string text, Type type, OptionMember member)
    {
        var whole = type == typeof(int) || type == typeof(long);
        decimal? number = member.IsByteSize ? ByteSize.Read(text) : Parse(text, whole);
        if (number is not { } value)
        {
            return ScalarReading.Wrong(member switch
            {
                { IsByteSize: true } => "is not a size; write bytes or a number with KiB, MiB or GiB: 32MiB",
                _ when whole => $"is not a whole number; write digits only, {Bounds(member, type)}",
                _ => $"is not a number; write one like 0.5, {Bounds(member, type)}",
            });
        }

        var (least, most) = member.Bounds(type);
        return value < least || value > most
            ? ScalarReading.Wrong($"is out of range; write a {(whole ? "whole " : "")}number {Bounds(member, type)}")
            : ScalarReading.Of(Convert.ChangeType(value, type, CultureInfo.InvariantCulture));
    }

    private static decimal? Parse(string text, bool whole)
    {
        const NumberStyles Whole = NumberStyles.AllowLeadingSign;
        const NumberStyles Broken = Whole | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return decimal.TryParse(text, whole ? Whole : Broken, CultureInfo.InvariantCulture, out var value) ? value : null;
    }

    private static string Bounds(OptionMember member, Type type)
    {
        var (least, most) = member.Bounds(type);
        return string.Create(CultureInfo.InvariantCulture, $"from {least} to {most}");
    }
}
