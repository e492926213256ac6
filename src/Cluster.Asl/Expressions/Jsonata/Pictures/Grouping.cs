namespace Cluster.Asl.Expressions.Jsonata.Pictures;

/// <summary>Where a picture has grouping separators.</summary>
internal static class Grouping
{
    /// <summary>
    /// The distance at which separators stand, if they stand at every multiple of it up to the last, so that they go on to the left
    /// without end. Zero if they don't.
    /// </summary>
    /// <param name="positions">The numbers of digits to the right of each separator, ascending.</param>
    public static int Interval(ReadOnlySpan<int> positions)
    {
        if (positions.Length == 0)
            return 0;
        for (var i = 0; i < positions.Length; i++)
        {
            if (positions[i] != positions[0] * (i + 1))
                return 0;
        }

        return positions[0];
    }
}
