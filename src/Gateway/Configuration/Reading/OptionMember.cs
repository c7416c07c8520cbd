using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Gateway.Configuration.Reading;

/// <summary>One key of an options record.</summary>
internal sealed class OptionMember
{
    private static readonly NullabilityInfoContext Nullability = new();
    private readonly RangeAttribute? _range;

    public OptionMember(PropertyInfo property)
    {
        Property = property;
        Key = JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);
        IsRequired = property.IsDefined(typeof(RequiredMemberAttribute));
        lock (Nullability)
        {
            IsNullable = Nullability.Create(property).ReadState == NullabilityState.Nullable;
        }

        Description = property.GetCustomAttribute<DescriptionAttribute>()?.Description ?? "";
        IsSecret = property.IsDefined(typeof(SecretAttribute));
        IsByteSize = property.IsDefined(typeof(ByteSizeAttribute));
        IsExpression = property.IsDefined(typeof(ExpressionAttribute));
        IsOneOrMany = property.IsDefined(typeof(OneOrManyAttribute));
        IsListener = property.IsDefined(typeof(ListenerAttribute));
        Policy = property.GetCustomAttribute<PolicyAttribute>()?.Kind;
        MinItems = property.GetCustomAttribute<MinLengthAttribute>()?.Length ?? 0;
        _range = property.GetCustomAttribute<RangeAttribute>();
    }

    public PropertyInfo Property { get; }

    /// <summary>The key in the file: the property's name in snake_case.</summary>
    public string Key { get; }

    public string Description { get; }

    public bool IsRequired { get; }

    public bool IsNullable { get; }

    public bool IsSecret { get; }

    public bool IsByteSize { get; }

    public bool IsListener { get; }

    public bool IsExpression { get; }

    /// <summary>Whether a list may be written as its only item.</summary>
    public bool IsOneOrMany { get; }

    public PolicyKind? Policy { get; }

    public int MinItems { get; }

    /// <summary>Least and greatest number that the file may give.</summary>
    public (decimal Least, decimal Most) Bounds(Type type)
    {
        if (_range is not null)
        {
            return (ToDecimal(_range.Minimum), ToDecimal(_range.Maximum));
        }

        return type switch
        {
            _ when type == typeof(int) => (int.MinValue, int.MaxValue),
            _ when type == typeof(long) => (long.MinValue, long.MaxValue),
            _ => (decimal.MinValue, decimal.MaxValue),
        };
    }

    private static decimal ToDecimal(object bound) => Convert.ToDecimal(bound, CultureInfo.InvariantCulture);
}
