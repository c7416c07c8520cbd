using System.Collections.Frozen;

namespace Gateway.Routing.Rules.Cel.Syntax;

/// <summary>Words that the specification keeps for the languages around it: names of fields and methods, never of variables.</summary>
internal static class ReservedWords
{
    private static readonly FrozenSet<string> Words = new[]
    {
        "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop", "package", "namespace", "return",
        "var", "void", "while",
    }.ToFrozenSet(StringComparer.Ordinal);

    public static bool Contains(string word) => Words.Contains(word);
}
