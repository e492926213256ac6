namespace Cluster.Asl.Expressions.Jsonata.Patterns;

/// <summary>
/// Searches of one pattern in one text. Ways that are still open stand on a stack of its own, never on the thread's. After a while a search
/// remembers the ways that have failed, which bounds it by the product of pattern and text; where what follows depends on more than the place
/// (looks, repeated captures, counted rounds) only <see cref="PatternLimits.MaxSteps"/> bounds it. Used by one thread.
/// </summary>
internal sealed partial class PatternSearch
{
    private const int None = -1;
    private const int BitsPerWord = 64;

    private readonly Pattern _pattern;
    private readonly Instruction[] _code;
    private readonly string _text;
    private readonly int[] _slots;
    private OpenWay[] _ways = [];
    private int _count;
    private ulong[]? _memory;
    private int _steps;

    public PatternSearch(Pattern pattern, string text)
    {
        (_pattern, _text) = (pattern, text);
        _code = pattern.Program.Code;
        _slots = new int[pattern.Program.Slots];
    }

    /// <summary>Steps taken by all searches so far.</summary>
    public long Steps { get; private set; }

    /// <summary>Where the last match starts.</summary>
    public int Start => _slots[0];

    /// <summary>Where the last match ends.</summary>
    public int End => _slots[1];

    /// <summary>The text of a capture of the last match, or null when it has none.</summary>
    public string? Group(int number)
    {
        var (start, end) = (_slots[2 * number], _slots[(2 * number) + 1]);
        return start == None || end == None ? null : _text[start..end];
    }

    /// <summary>Finds the first match at or behind an index.</summary>
    /// <returns>Whether there is one; null when the search has been given up.</returns>
    public bool? Find(int from)
    {
        (_steps, _memory) = (0, null);
        var found = Seek(from);
        Steps += _steps;
        return found;
    }

    private bool? Seek(int from)
    {
        for (var start = _pattern.NextStart(_text, from); start >= 0; start = start < _text.Length ? _pattern.NextStart(_text, start + 1) : None)
        {
            Array.Fill(_slots, None);
            _slots[0] = start;
            _count = 0;
            var end = Run(0, start);
            if (end == GivenUp)
                return null;
            if (end >= 0)
            {
                _slots[1] = end;
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the way from an instruction at a place has been taken before; from now on it has.</summary>
    private bool WasTaken(in Instruction instruction, int place)
    {
        if (_memory is null && !Remember())
            return false;
        var bit = ((long)instruction.Branch * (_text.Length + 1)) + place;
        ref var word = ref _memory![bit / BitsPerWord];
        var mask = 1UL << (int)(bit % BitsPerWord);
        var was = (word & mask) != 0;
        word |= mask;
        return was;
    }

    /// <summary>Whether the way from an instruction at a place has been taken before.</summary>
    private bool IsTaken(in Instruction instruction, int place)
    {
        if (_memory is null)
            return false;
        var bit = ((long)instruction.Branch * (_text.Length + 1)) + place;
        return (_memory[bit / BitsPerWord] & (1UL << (int)(bit % BitsPerWord))) != 0;
    }

    private bool Remember()
    {
        if (_steps < PatternLimits.StepsBeforeMemory)
            return false;
        var bits = (long)_pattern.Program.Branches * (_text.Length + 1);
        if (bits is 0 or > PatternLimits.MaxMemoryBits)
            return false;
        _memory = new ulong[(bits / BitsPerWord) + 1];
        return true;
    }
}
