using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Gateway.Conventions.Tests.Documents;

/// <summary>The table "Life of a request" in ARCHITECTURE.md, held against the code. Its column "call" names, between backticks, what
/// <c>CompletionFlow.RunAsync</c> calls at each step.</summary>
public static class LifeOfARequest
{
    public const string Heading = "Life of a request";

    /// <summary>The methods that the table names, top to bottom; of <c>guards.InspectAsync()</c> the last word.</summary>
    public static IReadOnlyList<string> Steps(MarkdownDocument document)
    {
        var table = MarkdownDocument.Table(document.Section(Heading));
        var column = table.Count == 0 ? -1 : Array.FindIndex(table[0], header => header.StartsWith("call", StringComparison.Ordinal));
        if (column < 0)
            return [];
        var spans = table.Skip(1).Where(row => row.Length > column).SelectMany(row => MarkdownDocument.Spans(row[column]));
        return [.. spans.Select(span => span.TrimEnd('(', ')').Split('.')[^1])];
    }

    /// <summary>The types in the chain "`A` → `B` → …" of the section, from socket to socket.</summary>
    public static IReadOnlyList<string> Chain(MarkdownDocument document)
    {
        var paragraphs = document.Section(Heading).Split("\n\n").Where(paragraph => !paragraph.TrimStart().StartsWith('|'));
        var chain = paragraphs.FirstOrDefault(paragraph => paragraph.Contains("` → `", StringComparison.Ordinal)) ?? "";
        var links = chain.Split('→').Select(part => MarkdownDocument.Spans(part));
        return [.. links.Select((spans, index) => index == 0 ? spans.LastOrDefault() : spans.FirstOrDefault()).OfType<string>()];
    }

    /// <summary>Names of all methods that <paramref name="method"/> of <paramref name="type"/> calls, in the order of the text. A call of a
    /// method of the same type is followed by what that method calls.</summary>
    public static IReadOnlyList<string> Calls(SourceFile source, string type, string method)
    {
        var methods = source.Root.DescendantNodes().OfType<TypeDeclarationSyntax>().Where(declared => declared.Identifier.ValueText == type)
            .SelectMany(declared => declared.Members.OfType<MethodDeclarationSyntax>()).ToLookup(declared => declared.Identifier.ValueText);
        var calls = new List<string>();
        var entered = new HashSet<string>();
        Enter(method);
        return calls;

        void Enter(string name)
        {
            if (!entered.Add(name))
                return;
            var invocations = methods[name].SelectMany(body => body.DescendantNodes().OfType<InvocationExpressionSyntax>());
            foreach (var called in invocations.Select(NameOf).OfType<SyntaxToken>().OrderBy(token => token.SpanStart))
            {
                calls.Add(called.ValueText);
                Enter(called.ValueText);
            }
        }
    }

    /// <summary>The first step that is not called, or is called before the step above it; null when the calls hold the steps in this
    /// order.</summary>
    public static string? OutOfOrder(IEnumerable<string> steps, IReadOnlyList<string> calls)
    {
        var next = 0;
        foreach (var step in steps)
        {
            while (next < calls.Count && calls[next] != step)
                next++;
            if (next++ >= calls.Count)
                return step;
        }
        return null;
    }

    private static SyntaxToken? NameOf(InvocationExpressionSyntax call) => call.Expression switch
    {
        SimpleNameSyntax name => name.Identifier,
        MemberAccessExpressionSyntax access => access.Name.Identifier,
        MemberBindingExpressionSyntax binding => binding.Name.Identifier,
        _ => null,
    };
}
