namespace Cluster.Asl.Expressions.Jsonata.Functions;

/// <summary>The clock, and timestamps as numbers and as texts.</summary>
internal static class DateTimeFunctions
{
    public static readonly BuiltInFunction[] All = [];
}
