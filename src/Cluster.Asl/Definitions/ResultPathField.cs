using Cluster.Asl.Expressions;

namespace Cluster.Asl.Definitions;

/// <summary>ResultPath: a reference path, or JSON null, which discards the result.</summary>
/// <param name="Path">The path, or null when the field is JSON null.</param>
public sealed record ResultPathField(ReferencePath? Path)
{
    /// <summary>The field when it is absent: the result replaces the document.</summary>
    public static readonly ResultPathField Root = new(ReferencePath.Root);

    /// <summary>The field when it is JSON null: the raw input goes on.</summary>
    public static readonly ResultPathField Discard = new(Path: null);
}
