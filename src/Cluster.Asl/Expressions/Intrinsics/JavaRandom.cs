namespace Cluster.Asl.Expressions.Intrinsics;

/// <summary>
/// The linear congruential generator that java.util.Random documents: 48 bits of state, of which the upper ones are given. A seed gives
/// the same numbers as there.
/// </summary>
internal struct JavaRandom(long seed)
{
    private const long Multiplier = 0x5DEECE66DL;
    private const long Increment = 0xBL;
    private const long Mask = (1L << 48) - 1;

    private long _state = (seed ^ Multiplier) & Mask;

    /// <summary>A number from 0 to a bound (exclusive) that is positive.</summary>
    public int Below(int bound)
    {
        if ((bound & -bound) == bound)
            return (int)((bound * (long)Bits(31)) >> 31);
        while (true)
        {
            // Numbers above the last multiple of the bound would favour small results.
            var bits = Bits(31);
            var value = bits % bound;
            if (unchecked(bits - value + (bound - 1)) >= 0)
                return value;
        }
    }

    /// <summary>Any of the 2³² numbers.</summary>
    public int Any() => Bits(32);

    /// <summary>A number from 0 to 1 (exclusive) with the 53 bits that a double holds.</summary>
    public double Unit() => (((long)Bits(26) << 27) + Bits(27)) * (1.0 / (1L << 53));

    private int Bits(int count)
    {
        _state = unchecked((_state * Multiplier) + Increment) & Mask;
        return unchecked((int)(_state >> (48 - count)));
    }
}
