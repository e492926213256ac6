namespace Cluster.Asl.Expressions.Jsonata;

/// <summary>
/// A stable merge sort that asks as the reference does, so that even an order that contradicts itself gives the same result. It recurses
/// no deeper than the logarithm of the count.
/// </summary>
internal static class MergeSort
{
    /// <summary>Gives the places of items in their order.</summary>
    /// <param name="count">The number of items.</param>
    /// <param name="isAfter">Whether the item at the first place must come behind that at the second.</param>
    public static int[] Order(int count, Func<int, int, bool> isAfter)
    {
        var order = new int[count];
        for (var i = 0; i < count; i++)
            order[i] = i;
        Sort(order, new int[count], isAfter);
        return order;
    }

    private static void Sort(Span<int> order, Span<int> scratch, Func<int, int, bool> isAfter)
    {
        if (order.Length <= 1)
            return;
        var middle = order.Length / 2;
        Sort(order[..middle], scratch[..middle], isAfter);
        Sort(order[middle..], scratch[middle..], isAfter);
        order.CopyTo(scratch);
        var left = scratch[..middle];
        var right = scratch[middle..order.Length];
        var l = 0;
        var r = 0;
        for (var i = 0; i < order.Length; i++)
        {
            var takeRight = l == left.Length || (r < right.Length && isAfter(left[l], right[r]));
            order[i] = takeRight ? right[r++] : left[l++];
        }
    }
}
