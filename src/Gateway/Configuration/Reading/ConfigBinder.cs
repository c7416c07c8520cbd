using System.Collections;

namespace Gateway.Configuration.Reading;

/// <summary>Builds options records from nodes, and goes on after every error so that all are reported at once.</summary>
internal sealed class ConfigBinder(ScalarBinder scalars, ConfigMarks marks, ICollection<ConfigError> errors)
{
    /// <summary>The options, with defaults where the file could not be read.</summary>
    public GatewayOptions Bind(ConfigNode root)
    {
        marks.Put("", root.Mark);
        return (GatewayOptions)Record(root, typeof(GatewayOptions), "");
    }

    private object? Value(ConfigNode node, Type type, OptionMember member, string path)
    {
        if (node is ScalarNode { IsNull: true } && member.IsNullable && type == member.Property.PropertyType)
        {
            return null;
        }

        if (OptionShape.ItemOf(type) is { } item)
        {
            return List(node, item, member, path);
        }

        if (OptionShape.ValueOf(type) is { } value)
        {
            return Map(node, value, member, path);
        }

        return OptionShape.IsRecord(type)
            ? Record(node, type, path)
            : scalars.Bind(node, Nullable.GetUnderlyingType(type) ?? type, member, path);
    }

    private object Record(ConfigNode node, Type type, string path)
    {
        var shape = OptionShape.Of(type);
        var record = shape.Create();
        if (Entries(node, path, $"a mapping with the keys {Quoting.List(shape.Keys)}") is not { } entries)
        {
            return record;
        }

        var present = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in Distinct(entries, path))
        {
            var key = entry.Key.Text;
            var at = ConfigPath.Key(path, key);
            if (shape.Find(key) is not { } member)
            {
                errors.Add(new ConfigError(entry.Key.Mark.Line, entry.Key.Mark.Column, at, Unknown(key, shape)));
                continue;
            }

            present.Add(key);
            marks.Put(at, entry.Mark);
            var value = Value(entry.Value, member.Property.PropertyType, member, at);
            if (!marks.IsUnreadable(at))
            {
                member.Property.SetValue(record, value);
            }
        }

        foreach (var member in shape.Members.Where(member => member.IsRequired && !present.Contains(member.Key)))
        {
            Fail(ConfigPath.Key(path, member.Key), marks.Find(path), $"is missing; {Sentence(member.Description)}");
        }

        return record;
    }

    private Array List(ConfigNode node, Type type, OptionMember member, string path)
    {
        if (node is ScalarNode { IsNull: false } && member.IsOneOrMany)
        {
            node = new ListNode(node.Mark, [node], node.Size + 1);
        }

        if (node is not ListNode list)
        {
            if (node is not ScalarNode { IsNull: true })
            {
                Fail(path, node.Mark, Mismatch(node, "a list, such as [first, second]"));
            }

            return Array.CreateInstance(type, 0);
        }

        var values = new List<object?>();
        for (var i = 0; i < list.Items.Count; i++)
        {
            var at = ConfigPath.Item(path, i);
            marks.Put(at, list.Items[i].Mark);
            var value = Value(list.Items[i], type, member, at);
            if (!marks.IsUnreadable(at))
            {
                values.Add(value);
            }
        }

        var array = Array.CreateInstance(type, values.Count);
        ((ICollection)values).CopyTo(array, 0);
        return array;
    }

    private object Map(ConfigNode node, Type type, OptionMember member, string path)
    {
        var map = (IDictionary)Activator.CreateInstance(typeof(OrderedDictionary<,>).MakeGenericType(typeof(string), type))!;
        foreach (var entry in Distinct(Entries(node, path, "a mapping of names") ?? [], path))
        {
            var at = ConfigPath.Key(path, entry.Key.Text);
            marks.Put(at, entry.Mark);
            var value = Value(entry.Value, type, member, at);
            if (value is not null)
            {
                map[entry.Key.Text] = value;
            }
        }

        return map;
    }

    /// <summary>The entries; none when nothing stands after the key; null, reported, when something else does.</summary>
    private IReadOnlyList<MapEntry>? Entries(ConfigNode node, string path, string expected)
    {
        switch (node)
        {
            case MapNode map:
                return map.Entries;
            case ScalarNode { IsNull: true }:
                return [];
            default:
                Fail(path, node.Mark, Mismatch(node, expected));
                return null;
        }
    }

    private IEnumerable<MapEntry> Distinct(IReadOnlyList<MapEntry> entries, string path)
    {
        var first = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            var mark = entry.Key.Mark;
            if (first.TryAdd(entry.Key.Text, mark.Line))
            {
                yield return entry;
                continue;
            }

            var message = $"{Quoting.Quote(entry.Key.Text)} is already written in line {first[entry.Key.Text]}; keep one of the two";
            errors.Add(new ConfigError(mark.Line, mark.Column, ConfigPath.Key(path, entry.Key.Text), message));
        }
    }

    private void Fail(string path, ConfigMark mark, string message)
    {
        marks.PutUnreadable(path);
        errors.Add(new ConfigError(mark.Line, mark.Column, path, message));
    }

    private static string Unknown(string key, OptionShape shape) =>
        $"unknown key {Quoting.Quote(key)}{Spelling.Suggest(key, shape.Keys)}; the keys here are {Quoting.List(shape.Keys)}";

    // What stands before an @ may be a password.
    private static string Mismatch(ConfigNode node, string expected) =>
        $"{(node is ScalarNode scalar && scalar.Text.Contains('@') ? "a single value" : node.Word)} stands where the file needs {expected}";

    private static string Sentence(string description) =>
        description.Length == 0 ? "write it" : $"write it: {char.ToLowerInvariant(description[0])}{description[1..].TrimEnd('.')}";
}
