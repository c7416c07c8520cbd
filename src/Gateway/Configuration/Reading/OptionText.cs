using System.Collections;
using System.Globalization;
using System.Text;

namespace Gateway.Configuration.Reading;

/// <summary>Options as one text that is the same for the same options, for digests. Secrets are no part of it.</summary>
internal static class OptionText
{
    public static void Append(StringBuilder text, object? value)
    {
        switch (value)
        {
            case null:
                text.Append('-');
                break;
            case string word:
                text.Append(CultureInfo.InvariantCulture, $"{word.Length}:{word}");
                break;
            case IDictionary map:
                text.Append('{');
                foreach (var key in map.Keys.Cast<string>().Order(StringComparer.Ordinal))
                {
                    Append(text, key);
                    Append(text, map[key]);
                }

                text.Append('}');
                break;
            case IEnumerable list:
                text.Append('[');
                foreach (var item in list)
                {
                    Append(text, item);
                    text.Append(',');
                }

                text.Append(']');
                break;
            default:
                AppendRecord(text, value);
                break;
        }
    }

    private static void AppendRecord(StringBuilder text, object value)
    {
        if (!OptionShape.IsRecord(value.GetType()))
        {
            Append(text, Convert.ToString(value, CultureInfo.InvariantCulture));
            return;
        }

        text.Append('(');
        foreach (var member in OptionShape.Of(value.GetType()).Members.Where(member => !member.IsSecret))
        {
            text.Append(member.Key).Append('=');
            Append(text, member.Property.GetValue(value));
        }

        text.Append(')');
    }
}
