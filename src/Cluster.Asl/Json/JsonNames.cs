using System.Text;

namespace Cluster.Asl.Json;

/// <summary>
/// The property names of one text, so that a name that stands in each of a thousand objects is one string.
/// A small table in which a newer name may push out an older one.
/// </summary>
internal struct JsonNames
{
    /// <summary>The number of names kept; a power of two.</summary>
    private const int Slots = 64;

    /// <summary>The number of names from which keeping them may pay: the table is as large as that many short names.</summary>
    private const int KeptFrom = 24;

    /// <summary>The longest name kept, in bytes.</summary>
    private const int MaxKeptLength = 40;

    private string?[]? _slots;
    private int _seen;

    public string Get(ReadOnlySpan<byte> name)
    {
        if (name.Length is 0 or > MaxKeptLength || ++_seen < KeptFrom)
            return Encoding.UTF8.GetString(name);
        _slots ??= new string?[Slots];
        ref var slot = ref _slots[Slot(name)];
        if (slot is not null && Ascii.Equals(name, slot))
            return slot;
        return slot = Encoding.UTF8.GetString(name);
    }

    private static int Slot(ReadOnlySpan<byte> name)
    {
        var hash = (uint)((name.Length * 31) + name[0]);
        hash = (hash * 31) + name[^1];
        hash = (hash * 31) + name[name.Length / 2];
        return (int)((hash ^ (hash >> 6)) % Slots);
    }
}
