namespace Cluster.Asl.Expressions.Jsonata.Functions;

/// <summary>Functions of numbers, but for the aggregates, and what makes texts of numbers and numbers of texts.</summary>
internal static class NumericFunctions
{
    public static readonly BuiltInFunction[] All = [];
}
