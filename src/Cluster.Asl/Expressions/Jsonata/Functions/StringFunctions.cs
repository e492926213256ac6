namespace Cluster.Asl.Expressions.Jsonata.Functions;

/// <summary>Functions of strings and patterns.</summary>
internal static class StringFunctions
{
    public static readonly BuiltInFunction[] All = [];
}
