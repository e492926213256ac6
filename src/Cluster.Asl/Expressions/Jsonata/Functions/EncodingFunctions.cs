namespace Cluster.Asl.Expressions.Jsonata.Functions;

/// <summary>URLs and base64.</summary>
internal static class EncodingFunctions
{
    public static readonly BuiltInFunction[] All = [];
}
