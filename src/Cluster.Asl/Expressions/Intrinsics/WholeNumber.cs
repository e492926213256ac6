using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Intrinsics;

/// <summary>Numbers as the functions take them that want integers: AWS rounds others to the nearest, halves up.</summary>
internal static class WholeNumber
{
    /// <summary>The rounded number, or false for a value that is no number or leaves the range of 32 bits.</summary>
    public static bool TryRound(JsonValue value, out int rounded)
    {
        rounded = 0;
        if (value is not JsonNumber number)
            return false;
        if (!number.IsInteger || !number.TryGetInt64(out var whole))
        {
            var half = HalfUp(number.ToDouble());
            if (!(Math.Abs(half) <= 1L << 32))
                return false;
            whole = (long)half;
        }

        rounded = unchecked((int)whole);
        return rounded == whole;
    }

    /// <summary>The nearest integer; of two equally near ones the greater: −0.5 gives 0 and −1.5 gives −1.</summary>
    private static double HalfUp(double value)
    {
        var floor = Math.Floor(value);
        return value - floor >= 0.5 ? floor + 1 : floor;
    }
}
