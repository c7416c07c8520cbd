using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Gateway.Configuration.Reading;

/// <summary>
/// Turns the text of one YAML document into nodes. The events are read here rather than through the library's own document model,
/// which stops at the first duplicate key, follows aliases without a bound and recurses as deep as the text likes.
/// </summary>
internal sealed class ConfigTree
{
    /// <summary>The options nest six deep; anything near this bound is no configuration.</summary>
    private const int MaxDepth = 32;

    /// <summary>With all aliases written out: thousands of replicas fit, and a "billion laughs" does not.</summary>
    private const int MaxNodes = 100_000;

    private readonly string[] _lines;
    private readonly Parser _parser;
    private readonly ICollection<ConfigError> _errors;
    private readonly Dictionary<string, ConfigNode?> _anchors = new(StringComparer.Ordinal);
    private int _nodes;

    private ConfigTree(string text, ICollection<ConfigError> errors)
    {
        _lines = text.Split('\n');
        _parser = new Parser(new StringReader(text));
        _errors = errors;
    }

    /// <summary>The document's root; null, with errors added, when the text is not one bounded YAML document.</summary>
    public static ConfigNode? Read(string text, ICollection<ConfigError> errors)
    {
        var tree = new ConfigTree(text, errors);
        try
        {
            return tree.Document();
        }
        catch (YamlException fault)
        {
            errors.Add(SyntaxFault.Explain(text, fault));
            return null;
        }
        catch (Exception fault) when (fault is InvalidOperationException or ArgumentException)
        {
            // The parser fails like this on a few broken texts, such as a tag that is no URI; what it read last is the nearest place.
            return tree.Refuse(tree._parser.Current, "not valid YAML after this place; look for stray characters such as ! : % ---");
        }
    }

    private ConfigNode? Document()
    {
        _parser.MoveNext();
        _parser.MoveNext();
        if (_parser.Current is not DocumentStart)
        {
            return Refuse(_parser.Current, "the file is empty; it needs at least pools, with one pool in it");
        }

        _parser.MoveNext();
        var root = Node(0);
        if (root is null)
        {
            return null;
        }

        _parser.MoveNext();
        _parser.MoveNext();
        if (_parser.Current is DocumentStart another)
        {
            Refuse(another, "a second document starts here; the file holds exactly one: remove the line --- and join the two");
        }

        return root;
    }

    /// <summary>Reads the node that the current event opens and leaves its last event current.</summary>
    private ConfigNode? Node(int depth)
    {
        var opening = _parser.Current!;
        if (depth > MaxDepth)
        {
            return Refuse(opening, $"nested more than {MaxDepth} deep; nothing in this file is");
        }

        if (++_nodes > MaxNodes)
        {
            return Refuse(opening, $"more than {MaxNodes} values; nothing in this file needs that many");
        }

        if (opening is AnchorAlias alias)
        {
            return Aliased(alias, depth);
        }

        if (opening is not NodeEvent anchored)
        {
            return Refuse(opening, "a key or a value is missing here; write key: value");
        }

        if (!anchored.Tag.IsEmpty)
        {
            return Refuse(opening, $"the tag {Quoting.Quote(anchored.Tag.ToString())} has no meaning here; remove it");
        }

        if (!anchored.Anchor.IsEmpty)
        {
            _anchors[anchored.Anchor.Value] = null;
        }

        ConfigNode? node = opening switch
        {
            Scalar scalar => new ScalarNode(MarkOf(scalar), scalar.Value, scalar.Style == ScalarStyle.Plain, TextMarkOf(scalar)),
            SequenceStart => List(opening, depth),
            _ => Map(opening, depth),
        };
        if (!anchored.Anchor.IsEmpty)
        {
            _anchors[anchored.Anchor.Value] = node;
        }

        return node;
    }

    private ConfigNode? Aliased(AnchorAlias alias, int depth)
    {
        var name = alias.Value.Value;
        if (!_anchors.TryGetValue(name, out var node))
        {
            return Refuse(alias, $"the alias *{name} has no anchor; write &{name} before the value it stands for");
        }

        if (node is null)
        {
            return Refuse(alias, $"the alias *{name} stands inside its own anchor; a value cannot hold itself");
        }

        _nodes += node.Size;
        return _nodes > MaxNodes || depth + node.Height > MaxDepth
            ? Refuse(alias, $"with the alias *{name} written out the file has more than {MaxNodes} values or {MaxDepth} levels")
            : node;
    }

    private ListNode? List(ParsingEvent opening, int depth)
    {
        var before = _nodes;
        var items = new List<ConfigNode>();
        while (_parser.MoveNext() && _parser.Current is not SequenceEnd)
        {
            if (Node(depth + 1) is not { } item)
            {
                return null;
            }

            items.Add(item);
        }

        return new ListNode(MarkOf(opening), items, _nodes - before + 1);
    }

    private MapNode? Map(ParsingEvent opening, int depth)
    {
        var before = _nodes;
        var entries = new MapEntries();
        while (_parser.MoveNext() && _parser.Current is not MappingEnd)
        {
            var start = _parser.Current!;
            if (Node(depth + 1) is not { } key)
            {
                return null;
            }

            if (key is not ScalarNode name)
            {
                Refuse(start, $"{key.Word} cannot be a key; write a name");
                return null;
            }

            if (!_parser.MoveNext() || Node(depth + 1) is not { } value)
            {
                return null;
            }

            if (!entries.TryAdd(name, value))
            {
                Refuse(start, "<< merges a mapping or a list of mappings, usually as <<: *anchor");
                return null;
            }
        }

        return new MapNode(MarkOf(opening), entries.Complete(), _nodes - before + 1);
    }

    private ConfigNode? Refuse(ParsingEvent? at, string message)
    {
        var mark = at is null ? new ConfigMark(1, 1) : MarkOf(at);
        _errors.Add(new ConfigError(mark.Line, mark.Column, "", message));
        return null;
    }

    /// <summary>A block's text begins in the next line, all its lines at the column of the first that has any text.</summary>
    private ConfigMark TextMarkOf(Scalar scalar)
    {
        var mark = MarkOf(scalar);
        if (scalar.Style is not (ScalarStyle.Literal or ScalarStyle.Folded))
        {
            return scalar.Style == ScalarStyle.Plain ? mark : mark with { Column = mark.Column + 1 };
        }

        var line = mark.Line;
        while (line < _lines.Length - 1 && string.IsNullOrWhiteSpace(_lines[line]))
        {
            line++;
        }

        return line < _lines.Length ? new ConfigMark(mark.Line + 1, _lines[line].Length - _lines[line].TrimStart().Length + 1) : mark;
    }

    private static ConfigMark MarkOf(ParsingEvent at) => new((int)at.Start.Line, (int)at.Start.Column);
}
