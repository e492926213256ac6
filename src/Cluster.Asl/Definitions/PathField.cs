using Cluster.Asl.Expressions;

namespace Cluster.Asl.Definitions;

/// <summary>InputPath or OutputPath: a path, or JSON null, which stands for <c>{}</c>.</summary>
/// <param name="Path">The path, or null when the field is JSON null.</param>
public sealed record PathField(JsonPath? Path)
{
    /// <summary>The field when it is absent: the whole document.</summary>
    public static readonly PathField Root = new(JsonPath.Root);

    /// <summary>The field when it is JSON null.</summary>
    public static readonly PathField Discard = new(Path: null);
}
