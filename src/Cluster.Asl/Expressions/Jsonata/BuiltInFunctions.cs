using System.Collections.Frozen;
using Cluster.Asl.Expressions.Jsonata.Functions;

namespace Cluster.Asl.Expressions.Jsonata;

/// <summary>All built-in functions of a dialect by name.</summary>
internal static class BuiltInFunctions
{
    private static readonly BuiltInFunction[] Language =
    [
        .. StringFunctions.All,
        .. PatternFunctions.All,
        .. NumericFunctions.All,
        .. DateTimeFunctions.All,
        .. EncodingFunctions.All,
    ];

    private static readonly FrozenDictionary<string, BuiltInFunction> OfReference = Gather(Language);

    private static readonly FrozenDictionary<string, BuiltInFunction> OfStepFunctions = Gather(Language);

    public static FrozenDictionary<string, BuiltInFunction> Of(JsonataDialect dialect) =>
        dialect == JsonataDialect.StepFunctions ? OfStepFunctions : OfReference;

    private static FrozenDictionary<string, BuiltInFunction> Gather(IEnumerable<BuiltInFunction> functions) =>
        functions.ToFrozenDictionary(function => function.Name, StringComparer.Ordinal);
}
