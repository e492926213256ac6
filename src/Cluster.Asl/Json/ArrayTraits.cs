namespace Cluster.Asl.Json;

/// <summary>What an expression that builds an array remembers about it. Values that leave the expression have none of these.</summary>
[Flags]
internal enum ArrayTraits : byte
{
    /// <summary>An array as any other.</summary>
    None = 0,

    /// <summary>Made by the expression, and seen by nobody else yet.</summary>
    Fresh = 1,

    /// <summary>A row of results: with one element it stands for that element, with none for nothing.</summary>
    Sequence = 2,

    /// <summary>A row of results that stays an array even with one element.</summary>
    KeepSingleton = 4,

    /// <summary>Written out with brackets as a step: it is one item of the path and is not flattened.</summary>
    Constructed = 8,

    /// <summary>Wraps a document that is an array, so that it counts as one item.</summary>
    Outer = 16,
}
