using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Gateway.Conventions.Tests.Sources;

/// <summary>What code must not be left with. Each scan returns the offenders.</summary>
public static partial class SourceHabits
{
    /// <summary>A suppressed warning says why: <c>// reason</c> after the pragma, a justification in the attribute.</summary>
    public static IEnumerable<string> SilentSuppressions(SourceFile source)
    {
        foreach (var pragma in source.Root.DescendantNodes(descendIntoTrivia: true).OfType<PragmaWarningDirectiveTriviaSyntax>())
        {
            if (pragma.DisableOrRestoreKeyword.IsKind(SyntaxKind.DisableKeyword) && !Reason().IsMatch(pragma.ToFullString()))
                yield return $"{source.Place(pragma)}: {pragma.ToString().Trim()}";
        }
        foreach (var attribute in source.Root.DescendantNodes().OfType<AttributeSyntax>())
        {
            var arguments = attribute.ArgumentList?.Arguments ?? [];
            var justified = arguments.Any(argument => argument.NameEquals?.Name.Identifier.ValueText == "Justification");
            if (attribute.Name.ToString().Contains("SuppressMessage", StringComparison.Ordinal) && !justified)
                yield return $"{source.Place(attribute)}: {attribute}";
        }
    }

    public static IEnumerable<string> LeftForLater(SourceFile source) =>
        source.Text.Split('\n')
            .SelectMany((line, index) => Later().Matches(line).Select(match => $"{source.Path}:{index + 1}: {match.Value}"));

    /// <summary>Tests that an attribute turns off.</summary>
    public static IEnumerable<string> SkippedTests(SourceFile source) =>
        source.Root.DescendantNodes().OfType<AttributeArgumentSyntax>()
            .Where(argument => argument.NameEquals?.Name.Identifier.ValueText.StartsWith("Skip", StringComparison.Ordinal) == true)
            .Select(argument => $"{source.Place(argument)}: {argument}");

    /// <summary>Names that reach into the simulator: a using, or a qualified name that begins with it.</summary>
    public static IEnumerable<string> SimulatorNames(SourceFile source)
    {
        foreach (var node in source.Root.DescendantNodes())
        {
            var name = node switch
            {
                UsingDirectiveSyntax { NamespaceOrType: var used } => used.ToString(),
                QualifiedNameSyntax { Parent: not QualifiedNameSyntax and not UsingDirectiveSyntax } qualified => qualified.ToString(),
                MemberAccessExpressionSyntax { Parent: not MemberAccessExpressionSyntax } access => access.ToString(),
                _ => null,
            };
            if (name is not null && Simulator().IsMatch(name))
                yield return $"{source.Place(node)}: {name}";
        }
    }

    [GeneratedRegex(@"//\s*\S")]
    private static partial Regex Reason();

    [GeneratedRegex(@"\b(TODO|FIXME|NotImplementedException)\b")]
    private static partial Regex Later();

    [GeneratedRegex(@"^(global::)?(Gateway\.)?Simulator(\.|$)")]
    private static partial Regex Simulator();
}
