using System.Collections.Concurrent;
using System.Reflection;

namespace Gateway.Configuration.Reading;

/// <summary>The keys of an options record, read from the record once; the binder and the schema both go by it.</summary>
internal sealed class OptionShape
{
    private static readonly ConcurrentDictionary<Type, OptionShape> Shapes = new();

    private OptionShape(Type type)
    {
        Type = type;
        Members =
        [
            .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(property => property.CanWrite)
                .OrderBy(property => property.MetadataToken)
                .Select(property => new OptionMember(property)),
        ];
        OneOf = [.. type.GetCustomAttribute<OneOfAttribute>()?.Members.Select(name => Members.Single(member => member.Property.Name == name).Key) ?? []];
    }

    public Type Type { get; }

    public IReadOnlyList<OptionMember> Members { get; }

    /// <summary>Keys of which exactly one is written; empty when the record has none such.</summary>
    public IReadOnlyList<string> OneOf { get; }

    public IEnumerable<string> Keys => Members.Select(member => member.Key);

    public static OptionShape Of(Type record) => Shapes.GetOrAdd(record, static type => new OptionShape(type));

    public OptionMember? Find(string key) => Members.FirstOrDefault(member => member.Key == key);

    /// <summary>A record with every default; required text and lists, which have none, are empty rather than null.</summary>
    public object Create()
    {
        var record = Activator.CreateInstance(Type)!;
        foreach (var member in Members)
        {
            if (member.IsRequired && member.Property.GetValue(record) is null)
            {
                member.Property.SetValue(record, Empty(member.Property.PropertyType));
            }
        }

        return record;
    }

    /// <summary>Whether the type is one of the options records rather than a value.</summary>
    public static bool IsRecord(Type type) => type.Namespace == typeof(GatewayOptions).Namespace && type.IsClass;

    /// <summary>What a list of this type holds; null when it is none.</summary>
    public static Type? ItemOf(Type type) => Argument(type, typeof(IReadOnlyList<>), 0);

    /// <summary>What a mapping of this type holds under its names; null when it is none.</summary>
    public static Type? ValueOf(Type type) => Argument(type, typeof(IReadOnlyDictionary<,>), 1);

    private static Type? Argument(Type type, Type generic, int index) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == generic ? type.GetGenericArguments()[index] : null;

    private static object? Empty(Type type) =>
        type == typeof(string) ? "" : ItemOf(type) is { } item ? Array.CreateInstance(item, 0) : null;
}
