namespace Cluster.Asl.Expressions.Jsonata.Patterns;

/// <summary>The ways that are open, and how a failure goes back to the last of them.</summary>
internal sealed partial class PatternSearch
{
    private const int InitialWays = 16;

    /// <summary>Stands for the place of a search that was given up.</summary>
    private const int GivenUp = -2;

    private enum WayKind : byte
    {
        /// <summary>Goes on at instruction A, place B.</summary>
        Go,

        /// <summary>Slot A had the number B.</summary>
        Restore,

        /// <summary>Instruction A took the characters up to place B, and can do with those up to C.</summary>
        Fewer,

        /// <summary>Instruction A took the characters up to place B, and may take C more.</summary>
        More,
    }

    private readonly record struct OpenWay(WayKind Kind, int A, int B, int C);

    private bool Push(WayKind kind, int a, int b, int c = 0)
    {
        if (_count == _ways.Length)
        {
            if (_count >= PatternLimits.MaxOpenWays)
                return false;
            Array.Resize(ref _ways, Math.Max(InitialWays, _count * 2));
        }

        _ways[_count++] = new OpenWay(kind, a, b, c);
        return true;
    }

    private bool Set(int slot, int number)
    {
        var old = _slots[slot];
        _slots[slot] = number;
        return old == number || Push(WayKind.Restore, slot, old);
    }

    /// <summary>Goes back to the last open way above a height of the stack.</summary>
    /// <returns>Whether there was one.</returns>
    private bool TakeBack(int height, out int at, out int place)
    {
        while (_count > height)
        {
            ref var way = ref _ways[_count - 1];
            switch (way.Kind)
            {
                case WayKind.Restore:
                    _slots[way.A] = way.B;
                    _count--;
                    continue;
                case WayKind.Go:
                    (at, place) = (way.A, way.B);
                    _count--;
                    return true;
                case WayKind.Fewer:
                    var instruction = way.A;
                    (at, place) = (instruction + 1, way.B < way.C ? way.B + 1 : way.B - 1);
                    if (place == way.C)
                        _count--;
                    else
                        way = way with { B = place };
                    if (!WasTaken(_code[instruction], place))
                        return true;
                    continue;
                default:
                    if (TakeMore(ref way, out at, out place))
                        return true;
                    continue;
            }
        }

        (at, place) = (0, 0);
        return false;
    }

    private bool TakeMore(ref OpenWay way, out int at, out int place)
    {
        ref readonly var instruction = ref _code[way.A];
        at = way.A + 1;
        if (!Takes(instruction, way.B, out place))
        {
            _count--;
            return false;
        }

        // Where a search without a greatest number has been before, all that lies beyond has been tried, too.
        var isNew = !WasTaken(instruction, place);
        if (way.C == 1 || (way.C == int.MaxValue && !isNew))
            _count--;
        else
            way = way with { B = place, C = way.C == int.MaxValue ? int.MaxValue : way.C - 1 };
        return isNew;
    }

    /// <summary>Whether the next character is one that an instruction takes.</summary>
    private bool Takes(in Instruction instruction, int place, out int after)
    {
        after = place;
        if (instruction.IsBackward)
        {
            if (place == 0 || !instruction.Set!.Contains(_text[place - 1]))
                return false;
            after = place - 1;
            return true;
        }

        if (place >= _text.Length || !instruction.Set!.Contains(_text[place]))
            return false;
        after = place + 1;
        return true;
    }

    /// <summary>Forgets the open ways above a height, but keeps what must be restored when an earlier one fails.</summary>
    private void Settle(int height)
    {
        var kept = height;
        for (var i = height; i < _count; i++)
        {
            if (_ways[i].Kind == WayKind.Restore)
                _ways[kept++] = _ways[i];
        }

        _count = kept;
    }
}
