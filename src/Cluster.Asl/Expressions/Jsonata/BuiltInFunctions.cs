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
        .. ArrayFunctions.All,
        .. ObjectFunctions.All,
        .. HigherOrderFunctions.All,
    ];

    private static readonly FrozenDictionary<string, BuiltInFunction> OfReference = Gather(Language);

    private static readonly FrozenDictionary<string, BuiltInFunction> OfStepFunctions = Gather([.. Language, .. StepFunctionsFunctions.All]);

    public static FrozenDictionary<string, BuiltInFunction> Of(JsonataDialect dialect) =>
        dialect == JsonataDialect.StepFunctions ? OfStepFunctions : OfReference;

    /// <summary>Of two functions of a name the later one counts.</summary>
    private static FrozenDictionary<string, BuiltInFunction> Gather(IEnumerable<BuiltInFunction> functions)
    {
        var byName = new Dictionary<string, BuiltInFunction>(StringComparer.Ordinal);
        foreach (var function in functions)
            byName[function.Name] = function;
        return byName.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
