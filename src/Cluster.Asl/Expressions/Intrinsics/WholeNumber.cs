using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Intrinsics;

/// <summary>Numbers as the functions take them that want integers: AWS rounds others to the nearest, halves up.</summary>
internal static class WholeNumber
{
    /// <summary>The rounded number, or false for a value that is no number or leaves the range of 32 bits.</summary>
    public static bool TryRound(JsonValue value, out int rounded)
    {
        var isWhole = TryRound(value, out long whole);
        rounded = unchecked((int)whole);
        return isWhole && rounded == whole;
    }

    /// <summary>The rounded number, or false for a value that is no number or leaves the range of 64 bits.</summary>
    public static bool TryRound(JsonValue value, out long rounded)
    {
        rounded = 0;
        if (value is not JsonNumber number)
            return false;
        if (number.IsInteger && number.TryGetInt64(out rounded))
            return true;
        var nearest = HalfUp(number.ToDouble());
        if (nearest is not (>= long.MinValue and < -(double)long.MinValue))
            return false;
        rounded = (long)nearest;
        return true;
    }

    /// <summary>The nearest integer; of two equally near ones the greater: −0.5 gives 0 and −1.5 gives −1.</summary>
    private static double HalfUp(double value)
    {
        var floor = Math.Floor(value);
        return value - floor >= 0.5 ? floor + 1 : floor;
    }
}
