using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Cluster.Node.Tests.Architecture;

/// <summary>One thing that compiled code mentions: a type, or a member of a type.</summary>
/// <param name="Type">The full name of the outermost type, with <c>`n</c> for its type parameters.</param>
/// <param name="Member">The member, or empty for the type itself.</param>
internal readonly record struct Use(string Type, string Member)
{
    public override string ToString() => Member.Length == 0 ? Type : $"{Type}.{Member}";
}

/// <summary>All that one type mentions, with its nested and compiler-made types (closures, iterators, async machines).</summary>
internal sealed record ScannedType(string Name, IReadOnlySet<Use> Uses);

/// <summary>
/// What compiled code mentions, read from an assembly's metadata and IL: signatures, base types, attributes, locals, catch clauses and
/// every instruction that names a type or a member. No alias, global using or qualified name hides anything from it; only a constant
/// of another type, which the compiler copies, leaves no trace.
/// </summary>
internal static class CodeScan
{
    public static IReadOnlyList<ScannedType> Of(string assemblyPath)
    {
        using var file = new PEReader(File.OpenRead(assemblyPath));
        var reader = file.GetMetadataReader();
        var uses = new SortedDictionary<string, HashSet<Use>>(StringComparer.Ordinal);
        foreach (var handle in reader.TypeDefinitions)
        {
            var name = TypeNames.Outermost(reader, handle);
            if (!uses.TryGetValue(name, out var found))
                uses[name] = found = [];
            new TypeScan(file, reader, found).Scan(reader.GetTypeDefinition(handle));
            found.RemoveWhere(use => use.Type == name);
        }

        return [.. uses.Where(pair => pair.Key != "<Module>").Select(pair => new ScannedType(pair.Key, pair.Value))];
    }

    /// <summary>The names of the assemblies that an assembly refers to.</summary>
    public static IReadOnlyList<string> References(string assemblyPath)
    {
        using var file = new PEReader(File.OpenRead(assemblyPath));
        var reader = file.GetMetadataReader();
        return [.. reader.AssemblyReferences.Select(handle => reader.GetString(reader.GetAssemblyReference(handle).Name))];
    }
}

/// <summary>Names of types in metadata.</summary>
internal static class TypeNames
{
    public static string Outermost(MetadataReader reader, TypeDefinitionHandle handle)
    {
        var type = reader.GetTypeDefinition(handle);
        while (!type.GetDeclaringType().IsNil)
            type = reader.GetTypeDefinition(type.GetDeclaringType());
        return Full(reader.GetString(type.Namespace), reader.GetString(type.Name));
    }

    public static string Outermost(MetadataReader reader, TypeReferenceHandle handle)
    {
        var type = reader.GetTypeReference(handle);
        while (type.ResolutionScope.Kind == HandleKind.TypeReference)
            type = reader.GetTypeReference((TypeReferenceHandle)type.ResolutionScope);
        return Full(reader.GetString(type.Namespace), reader.GetString(type.Name));
    }

    private static string Full(string space, string name) => space.Length == 0 ? name : $"{space}.{name}";
}
