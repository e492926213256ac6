namespace Cluster.Asl.Definitions.Choices;

/// <summary>How two values of one type are compared.</summary>
internal enum Relation : byte
{
    /// <summary>Equal.</summary>
    Equal,

    /// <summary>The variable is smaller.</summary>
    LessThan,

    /// <summary>The variable is greater.</summary>
    GreaterThan,

    /// <summary>The variable is smaller or equal.</summary>
    LessThanEquals,

    /// <summary>The variable is greater or equal.</summary>
    GreaterThanEquals,
}

/// <summary>Reads the outcome of a comparison.</summary>
internal static class RelationRules
{
    /// <summary>Whether the relation holds for an outcome below, at or above zero.</summary>
    public static bool Holds(this Relation relation, int outcome) => relation switch
    {
        Relation.Equal => outcome == 0,
        Relation.LessThan => outcome < 0,
        Relation.GreaterThan => outcome > 0,
        Relation.LessThanEquals => outcome <= 0,
        Relation.GreaterThanEquals => outcome >= 0,
        _ => throw new ArgumentOutOfRangeException(nameof(relation), relation, message: null),
    };
}
