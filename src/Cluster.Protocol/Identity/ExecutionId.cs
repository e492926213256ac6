using System.Buffers.Binary;
using System.Globalization;

namespace Cluster.Protocol.Identity;

/// <summary>
/// The identity of an execution: 128 bits, in this order 48 of start time (Unix milliseconds), 12 of bucket, 68 of chance.
/// Ids sort by start time, so ranges of ids are weeks.
/// </summary>
/// <param name="High">The first 64 bits: start time, bucket, the first 4 bits of chance.</param>
/// <param name="Low">The last 64 bits of chance.</param>
public readonly record struct ExecutionId(ulong High, ulong Low) : IComparable<ExecutionId>
{
    /// <summary>The length of the binary form in bytes.</summary>
    public const int Size = 16;

    private const int TimeShift = 16;
    private const int BucketShift = 4;

    /// <summary>When the execution started, in Unix milliseconds.</summary>
    public long StartTime => (long)(High >> TimeShift);

    /// <summary>The bucket of the execution's name.</summary>
    public int Bucket => (int)(High >> BucketShift) & (Buckets.Count - 1);

    /// <summary>Whether this is the empty id, which no execution has.</summary>
    public bool IsEmpty => High == 0 && Low == 0;

    /// <summary>Mints an id.</summary>
    /// <param name="startTime">Unix milliseconds, 48 bits.</param>
    /// <param name="bucket">0 to 4,095.</param>
    /// <param name="chanceHigh">Chance, of which the lowest 4 bits are used.</param>
    /// <param name="chanceLow">64 bits of chance.</param>
    public static ExecutionId Create(long startTime, int bucket, ulong chanceHigh, ulong chanceLow) =>
        new(((ulong)startTime << TimeShift) | ((ulong)bucket << BucketShift) | (chanceHigh & 0xF), chanceLow);

    /// <summary>Reads the binary form: 16 bytes, big endian.</summary>
    public static ExecutionId Read(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]));

    /// <summary>Reads the text form: 32 hexadecimal digits.</summary>
    public static bool TryParse(string text, out ExecutionId id)
    {
        id = default;
        if (text.Length != Size * 2
            || !ulong.TryParse(text.AsSpan(0, 16), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var high)
            || !ulong.TryParse(text.AsSpan(16), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var low))
            return false;
        id = new ExecutionId(high, low);
        return true;
    }

    /// <summary>Writes the binary form.</summary>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, High);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], Low);
    }

    /// <summary>The binary form.</summary>
    public byte[] ToByteArray()
    {
        var bytes = new byte[Size];
        Write(bytes);
        return bytes;
    }

    /// <inheritdoc/>
    public int CompareTo(ExecutionId other) => High != other.High ? High.CompareTo(other.High) : Low.CompareTo(other.Low);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{High:x16}{Low:x16}");

    /// <summary>The same in every process: chance is already in the id.</summary>
    public override int GetHashCode() => unchecked((int)(Low ^ (Low >> 32) ^ High));

    /// <summary>Orders by start time, then bucket, then chance.</summary>
    public static bool operator <(ExecutionId left, ExecutionId right) => left.CompareTo(right) < 0;

    /// <summary>Orders by start time, then bucket, then chance.</summary>
    public static bool operator >(ExecutionId left, ExecutionId right) => left.CompareTo(right) > 0;

    /// <summary>Orders by start time, then bucket, then chance.</summary>
    public static bool operator <=(ExecutionId left, ExecutionId right) => left.CompareTo(right) <= 0;

    /// <summary>Orders by start time, then bucket, then chance.</summary>
    public static bool operator >=(ExecutionId left, ExecutionId right) => left.CompareTo(right) >= 0;
}
