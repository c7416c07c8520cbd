using System.Collections.Frozen;
using System.Collections.Immutable;
using Gateway.Guardrails.Content.Schemas;

namespace Gateway.Guardrails.Content;

/// <summary>
/// Finds tools that are offered or called and are not allowed, with the label <c>tool_not_allowed</c>, and calls whose arguments the tool does
/// not take, with the label <c>tool_arguments</c>.
/// </summary>
/// <remarks>
/// Names are compared letter by letter. Where there is a list of allowed tools, one without a name is not allowed. Arguments must be JSON that
/// fulfils the tool's schema (<see cref="JsonSchema"/> says how it is read); no arguments at all stand for <c>{}</c>, as some models call
/// tools without parameters. Of a stream a call is judged whole, at its end; findings cover the whole text.
/// </remarks>
public sealed class ToolGuard : IGuard
{
    /// <summary>The label of a tool that is not allowed.</summary>
    public const string NotAllowed = "tool_not_allowed";

    /// <summary>The label of arguments that a tool does not take.</summary>
    public const string Arguments = "tool_arguments";

    private readonly NameList _allowed;
    private readonly NameList _denied;
    private readonly FrozenDictionary<string, JsonSchema> _schemas;

    /// <exception cref="FormatException">A name has a star elsewhere than at its end, or a schema makes no sense.</exception>
    public ToolGuard(ToolSettings settings)
    {
        _allowed = new NameList(settings.Allowed);
        _denied = new NameList(settings.Denied);
        _schemas = settings.Schemas.ToFrozenDictionary(of => of.Key, of => Read(of.Key, of.Value), StringComparer.Ordinal);
    }

    public int Lookbehind => 0;

    public int Inspect(ReadOnlySpan<byte> text, in Passage passage, Findings found)
    {
        if (passage.Source is not (TextSource.Arguments or TextSource.Definition))
            return text.Length;
        var name = passage.Tool ?? "";
        var isAllowed = (_allowed.IsEmpty || _allowed.Has(name)) && !_denied.Has(name);
        JsonSchema? schema = null;
        if (isAllowed && (passage.Source == TextSource.Definition || !_schemas.TryGetValue(name, out schema)))
            return text.Length;
        if (!passage.IsEnd)
            return passage.Context;
        if (!isAllowed)
            found.Add(NotAllowed, passage.Context, text.Length - passage.Context);
        else if (!schema!.IsFulfilledBy(text.IndexOfAnyExcept(" \t\r\n"u8) < 0 ? "{}"u8 : text))
            found.Add(Arguments, passage.Context, text.Length - passage.Context);
        return text.Length;
    }

    public bool NeedsWhole(TextSource source) => source == TextSource.Arguments && _schemas.Count > 0;

    private static JsonSchema Read(string tool, string schema)
    {
        try
        {
            return JsonSchema.Parse(schema);
        }
        catch (FormatException wrong)
        {
            throw new FormatException($"schema of tool {tool}: {wrong.Message}", wrong);
        }
    }

    private sealed class NameList
    {
        private readonly FrozenSet<string> _whole;
        private readonly string[] _prefixes;

        public NameList(ImmutableArray<string> names)
        {
            foreach (var name in names)
            {
                if (name.IndexOf('*', StringComparison.Ordinal) is var star and >= 0 && star != name.Length - 1)
                    throw new FormatException($"tool name {name}: a star stands at the end");
            }

            _whole = names.Where(name => !name.EndsWith('*')).ToFrozenSet(StringComparer.Ordinal);
            _prefixes = [.. names.Where(name => name.EndsWith('*')).Select(name => name[..^1])];
        }

        public bool IsEmpty => _whole.Count + _prefixes.Length == 0;

        public bool Has(string name)
        {
            if (_whole.Contains(name))
                return true;
            foreach (var prefix in _prefixes)
            {
                if (name.StartsWith(prefix, StringComparison.Ordinal))
                    return true;
            }

            return false;
        }
    }
}
