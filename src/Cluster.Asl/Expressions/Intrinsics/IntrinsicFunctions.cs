using System.Collections.Frozen;
using Cluster.Asl.Expressions.Intrinsics.Functions;

namespace Cluster.Asl.Expressions.Intrinsics;

/// <summary>The intrinsic functions by name.</summary>
internal static class IntrinsicFunctions
{
    /// <summary>What every name begins with.</summary>
    public const string Prefix = "States.";

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<IntrinsicFunction> All =
    [
        new FormatFunction(),
        new StringToJsonFunction(),
        new JsonToStringFunction(),
        new ArrayFunction(),
        new ArrayPartitionFunction(),
        new ArrayContainsFunction(),
        new ArrayRangeFunction(),
        new ArrayGetItemFunction(),
        new ArrayLengthFunction(),
        new ArrayUniqueFunction(),
        new Base64EncodeFunction(),
        new Base64DecodeFunction(),
        new HashFunction(),
        new JsonMergeFunction(),
        new MathRandomFunction(),
        new MathAddFunction(),
        new StringSplitFunction(),
        new UuidFunction(),
    ];

    private static readonly FrozenDictionary<string, IntrinsicFunction> ByName =
        All.ToFrozenDictionary(function => function.Name, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, IntrinsicFunction>.AlternateLookup<ReadOnlySpan<char>> ByText =
        ByName.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The function of a name, or null.</summary>
    public static IntrinsicFunction? Find(ReadOnlySpan<char> name) => ByText.TryGetValue(name, out var function) ? function : null;
}
