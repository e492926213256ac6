using Cluster.Asl.Expressions;

namespace Cluster.Asl.Parsing;

/// <summary>Reads the fields of Map whose paths must name one place: fields and indexes only.</summary>
internal static class ReferenceFields
{
    /// <summary>ItemsPath, which may read the context object.</summary>
    public static JsonPath? Items(ObjectReader map)
    {
        const string name = "ItemsPath";
        return PathFields.Path(map, name) is { } path && !Refuse(map, name, IsReference(path)) ? path : null;
    }

    /// <summary>MaxConcurrencyPath and its like, which may not.</summary>
    public static JsonPath? Number(ObjectReader map, string name) =>
        PathFields.Path(map, name) is { } path && !Refuse(map, name, !path.IsContext && IsReference(path)) ? path : null;

    private static bool IsReference(JsonPath path)
    {
        foreach (var step in path.Steps)
        {
            if (step is not (FieldStep or IndexStep { Index: >= 0 }))
                return false;
        }

        return true;
    }

    private static bool Refuse(ObjectReader map, string name, bool isReference)
    {
        if (!isReference)
            map.Refuse(name, "Value is not a Reference Path");
        return !isReference;
    }
}
