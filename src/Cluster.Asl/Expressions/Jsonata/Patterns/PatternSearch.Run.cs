namespace Cluster.Asl.Expressions.Jsonata.Patterns;

/// <summary>The loop over the instructions.</summary>
internal sealed partial class PatternSearch
{
    /// <summary>Runs from an instruction at a place up to its end.</summary>
    /// <returns>The place of the end; <see cref="None"/> when nothing matches, <see cref="GivenUp"/> beyond a limit.</returns>
    private int Run(int at, int place)
    {
        var height = _count;
        while (true)
        {
            if (++_steps > PatternLimits.MaxSteps)
                return GivenUp;
            ref readonly var instruction = ref _code[at];
            var holds = true;
            switch (instruction.Operation)
            {
                case Operation.One:
                    holds = Takes(instruction, place, out place);
                    at++;
                    break;
                case Operation.Many:
                    if (TakeMany(instruction, at, ref place) is not { } took)
                        return GivenUp;
                    holds = took;
                    at++;
                    break;
                case Operation.Few:
                    if (TakeFew(instruction, at, ref place) is not { } began)
                        return GivenUp;
                    holds = began;
                    at++;
                    break;
                case Operation.Jump:
                    at = instruction.A;
                    break;
                case Operation.Split:
                    holds = !WasTaken(instruction, place);
                    if (holds && !Push(WayKind.Go, instruction.B, place))
                        return GivenUp;
                    at = instruction.A;
                    break;
                case Operation.Accept:
                    return place;
                case Operation.Look:
                    var found = Looks(instruction, at, place);
                    if (found == GivenUp)
                        return GivenUp;
                    holds = found >= 0;
                    at = instruction.A;
                    break;
                case Operation.Round:
                    if (!Rounds(instruction, ref at, place))
                        return GivenUp;
                    break;
                case Operation.Progress:
                    holds = place != _slots[instruction.A] || _slots[instruction.B] <= instruction.Least;
                    at++;
                    break;
                case Operation.Anchor:
                    holds = IsAt((AnchorKind)instruction.A, place);
                    at++;
                    break;
                case Operation.Again:
                    holds = Repeats(instruction, ref place);
                    at++;
                    break;
                default:
                    if (!Note(instruction, place))
                        return GivenUp;
                    at++;
                    break;
            }

            if (!holds && !TakeBack(height, out at, out place))
                return None;
        }
    }

    /// <summary>Instructions that only change slots.</summary>
    private bool Note(in Instruction instruction, int place)
    {
        switch (instruction.Operation)
        {
            case Operation.Save:
                return Set(instruction.A, place);
            case Operation.Zero:
                return Set(instruction.A, 0);
            case Operation.Count:
                return Set(instruction.A, _slots[instruction.A] + 1);
            case Operation.Forget:
                for (var slot = instruction.A; slot < instruction.B; slot++)
                {
                    if (!Set(slot, None))
                        return false;
                }

                return true;
            default:
                throw new InvalidOperationException($"No pattern has {instruction.Operation}.");
        }
    }

    /// <summary>Takes as many characters as there are.</summary>
    /// <returns>Whether there are enough, and the place is new; null beyond a limit.</returns>
    private bool? TakeMany(in Instruction instruction, int at, ref int place)
    {
        var isEndless = instruction.B == int.MaxValue;
        var (begin, taken) = (place, 0);
        var least = instruction.A == 0 ? begin : None;
        if (isEndless && least == begin && IsTaken(instruction, begin))
            return false;
        while (taken < instruction.B && Takes(instruction, place, out var next))
        {
            // All that lies at and beyond a place where this has been before has failed.
            if (isEndless && taken + 1 >= instruction.A && IsTaken(instruction, next))
                break;
            place = next;
            if (++taken == instruction.A)
                least = place;
        }

        _steps += taken;
        if (taken < instruction.A)
            return false;
        if (place != least && !Push(WayKind.Fewer, at, place, least))
            return null;
        return !WasTaken(instruction, place);
    }

    /// <summary>Takes as few characters as are enough.</summary>
    /// <returns>Whether there are enough, and the place is new; null beyond a limit.</returns>
    private bool? TakeFew(in Instruction instruction, int at, ref int place)
    {
        for (var taken = 0; taken < instruction.A; taken++)
        {
            if (!Takes(instruction, place, out place))
                return false;
        }

        _steps += instruction.A;
        var isNew = !WasTaken(instruction, place);
        var isEndless = instruction.B == int.MaxValue;
        var more = isEndless ? int.MaxValue : instruction.B - instruction.A;
        if (more == 0 || (isEndless && !isNew))
            return isNew;
        return Push(WayKind.More, at, place, more) ? isNew : null;
    }

    private bool Rounds(in Instruction instruction, ref int at, int place)
    {
        var rounds = _slots[instruction.A];
        var body = at + 1;
        if (rounds < instruction.Least)
        {
            at = body;
            return true;
        }

        if (rounds >= instruction.Most)
        {
            at = instruction.B;
            return true;
        }

        at = instruction.IsLazy ? instruction.B : body;
        return Push(WayKind.Go, instruction.IsLazy ? body : instruction.B, place);
    }

    private int Looks(in Instruction instruction, int at, int place)
    {
        var height = _count;
        var end = Run(at + 1, place);
        if (end == GivenUp)
            return GivenUp;
        if (instruction.B == 0)
        {
            Settle(height);
            return end >= 0 ? place : None;
        }

        // Whatever was matched, nothing of it counts.
        while (_count > height)
        {
            var way = _ways[--_count];
            if (way.Kind == WayKind.Restore)
                _slots[way.A] = way.B;
        }

        return end >= 0 ? None : place;
    }

    private bool Repeats(in Instruction instruction, ref int place)
    {
        var (start, end) = (_slots[2 * instruction.A], _slots[(2 * instruction.A) + 1]);
        if (start == None || end == None)
            return true;
        var length = end - start;
        var from = instruction.IsBackward ? place - length : place;
        if (from < 0 || from + length > _text.Length)
            return false;
        _steps += length;
        for (var i = 0; i < length; i++)
        {
            if (!_pattern.IsSame(_text[start + i], _text[from + i]))
                return false;
        }

        place = instruction.IsBackward ? from : from + length;
        return true;
    }

    private bool IsAt(AnchorKind kind, int place) => kind switch
    {
        AnchorKind.TextStart => place == 0,
        AnchorKind.TextEnd => place == _text.Length,
        AnchorKind.LineStart => place == 0 || CharSet.LineEnds.Contains(_text[place - 1]),
        AnchorKind.LineEnd => place == _text.Length || CharSet.LineEnds.Contains(_text[place]),
        AnchorKind.WordEdge => IsWord(place - 1) != IsWord(place),
        AnchorKind.NoWordEdge => IsWord(place - 1) == IsWord(place),
        _ => throw new InvalidOperationException($"No pattern has {kind}."),
    };

    private bool IsWord(int place) => place >= 0 && place < _text.Length && (char.IsAsciiLetterOrDigit(_text[place]) || _text[place] == '_');
}
