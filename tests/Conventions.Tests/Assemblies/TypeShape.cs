using System.CodeDom.Compiler;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Gateway.Conventions.Tests.Assemblies;

/// <summary>What compiled types must be.</summary>
public static class TypeShape
{
    /// <summary>Classes from which anybody could derive: neither sealed nor static nor abstract. Generated ones are exempt.</summary>
    public static IEnumerable<string> Open(IEnumerable<Type> types) =>
        types.Where(type => type.IsClass && !type.IsSealed && !type.IsAbstract && !IsGenerated(type)).Select(type => type.FullName!);

    private static bool IsGenerated(Type type) =>
        type.Name.Contains('<', StringComparison.Ordinal)
        || type.IsDefined(typeof(CompilerGeneratedAttribute))
        || type.IsDefined(typeof(GeneratedCodeAttribute))
        || type is { Name: "Program", Namespace: null }
        || (type.DeclaringType is { } outer && IsGenerated(outer));
}
