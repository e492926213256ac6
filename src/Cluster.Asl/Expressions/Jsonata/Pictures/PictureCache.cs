namespace Cluster.Asl.Expressions.Jsonata.Pictures;

/// <summary>
/// Remembers the last pictures that were compiled, so that a picture in a loop is compiled once. What it gives never depends on what it
/// remembers: a picture compiles to the same whenever it does.
/// </summary>
internal sealed class PictureCache<T>(Func<string, T> compile)
    where T : class
{
    /// <summary>How many pictures are remembered; a newer one takes the place of an older with the same slot.</summary>
    private const int Slots = 64;

    private readonly Entry?[] _entries = new Entry?[Slots];

    /// <summary>The compiled form.</summary>
    /// <exception cref="JsonataException">The picture is malformed.</exception>
    public T this[string picture]
    {
        get
        {
            // The slot is read once: another thread may replace it at any time.
            ref var slot = ref _entries[Slot(picture)];
            var entry = Volatile.Read(ref slot);
            if (entry is not null && string.Equals(entry.Picture, picture, StringComparison.Ordinal))
                return entry.Compiled;
            PictureLimits.Hold(picture.Length, PictureLimits.MaxPictureLength);
            entry = new Entry(picture, compile(picture));
            Volatile.Write(ref slot, entry);
            return entry.Compiled;
        }
    }

    private static int Slot(string picture)
    {
        var hash = (uint)picture.Length;
        foreach (var c in picture.AsSpan(0, Math.Min(picture.Length, Slots)))
            hash = unchecked((hash * 31) + c);
        return (int)(hash % Slots);
    }

    private sealed record Entry(string Picture, T Compiled);
}
