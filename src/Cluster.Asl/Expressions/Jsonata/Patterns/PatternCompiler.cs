namespace Cluster.Asl.Expressions.Jsonata.Patterns;

/// <summary>
/// Makes instructions of a pattern. A part is compiled for one direction: what lies ahead, or, inside a look behind, what lies before, whose
/// parts come in the opposite order.
/// </summary>
internal sealed class PatternCompiler
{
    private const int SlotsPerCapture = 2;

    private readonly List<Instruction> _code = [];
    private int _slots;
    private int _branches;
    private bool _isBackward;
    private bool _hasMemory = true;

    private PatternCompiler(int captures) => _slots = (captures + 1) * SlotsPerCapture;

    public static PatternProgram Compile(PatternNode root, int captures)
    {
        var compiler = new PatternCompiler(captures);
        compiler.Add(root);
        compiler.Emit(new Instruction(Operation.Accept));
        return new PatternProgram([.. compiler._code], compiler._slots, compiler._hasMemory ? compiler._branches : 0);
    }

    private int Emit(Instruction instruction)
    {
        _code.Add(instruction);
        return _code.Count - 1;
    }

    private void Add(PatternNode node)
    {
        switch (node)
        {
            case PatternNode.One one:
                Emit(new Instruction(Operation.One, Set: new CharClass(one.Set), IsBackward: _isBackward));
                break;
            case PatternNode.Sequence sequence:
                for (var i = 0; i < sequence.Parts.Length; i++)
                    Add(sequence.Parts[_isBackward ? ^(i + 1) : i]);
                break;
            case PatternNode.Choice choice:
                AddChoice(choice);
                break;
            case PatternNode.Capture capture:
                var slot = capture.Number * SlotsPerCapture;
                Emit(new Instruction(Operation.Save, _isBackward ? slot + 1 : slot));
                Add(capture.Body);
                Emit(new Instruction(Operation.Save, _isBackward ? slot : slot + 1));
                break;
            case PatternNode.Again again:
                _hasMemory = false;
                Emit(new Instruction(Operation.Again, again.Number, IsBackward: _isBackward));
                break;
            case PatternNode.Repeat { Body: PatternNode.One one } repeat:
                var operation = repeat.IsLazy ? Operation.Few : Operation.Many;
                Emit(new Instruction(operation, repeat.Least, repeat.Most, new CharClass(one.Set), _isBackward, Branch: _branches++));
                break;
            case PatternNode.Repeat repeat:
                AddRepeat(repeat);
                break;
            case PatternNode.Look look:
                AddLook(look);
                break;
            case PatternNode.Anchor anchor:
                Emit(new Instruction(Operation.Anchor, (int)anchor.Kind));
                break;
            default:
                throw new InvalidOperationException($"A pattern has no {node.GetType().Name}.");
        }
    }

    private void AddChoice(PatternNode.Choice choice)
    {
        var ends = new List<int>();
        for (var i = 0; i < choice.Options.Length - 1; i++)
        {
            var split = Emit(default);
            Add(choice.Options[i]);
            ends.Add(Emit(default));
            _code[split] = new Instruction(Operation.Split, split + 1, _code.Count, Branch: _branches++);
        }

        Add(choice.Options[^1]);
        foreach (var end in ends)
            _code[end] = new Instruction(Operation.Jump, _code.Count);
    }

    private void AddLook(PatternNode.Look look)
    {
        _hasMemory = false;
        var at = Emit(default);
        var outer = _isBackward;
        _isBackward = look.IsBehind;
        Add(look.Body);
        Emit(new Instruction(Operation.Accept));
        _isBackward = outer;
        _code[at] = new Instruction(Operation.Look, _code.Count, look.IsNegative ? 1 : 0);
    }

    /// <summary>
    /// A round forgets its captures when it begins; one that comes after the least number fails when it is empty. Without counters and such
    /// checks what follows depends on the place alone, and failed ways can be remembered.
    /// </summary>
    private void AddRepeat(PatternNode.Repeat repeat)
    {
        if (repeat.Most == 0)
            return;
        var isNullable = PatternAnalysis.IsNullable(repeat.Body);
        if (isNullable || repeat.Least > 1 || repeat.Most is > 1 and < int.MaxValue)
        {
            AddCounted(repeat, isNullable);
            return;
        }

        if (repeat.Least == 1)
        {
            var body = _code.Count;
            AddBody(repeat.Body);
            if (repeat.Most > 1)
                EmitSplit(body, _code.Count + 1, repeat.IsLazy);
            return;
        }

        var split = Emit(default);
        AddBody(repeat.Body);
        if (repeat.Most > 1)
            Emit(new Instruction(Operation.Jump, split));
        var (first, second) = repeat.IsLazy ? (_code.Count, split + 1) : (split + 1, _code.Count);
        _code[split] = new Instruction(Operation.Split, first, second, Branch: _branches++);
    }

    private void EmitSplit(int body, int end, bool isLazy) => Emit(
        isLazy
            ? new Instruction(Operation.Split, end, body, Branch: _branches++)
            : new Instruction(Operation.Split, body, end, Branch: _branches++));

    private void AddCounted(PatternNode.Repeat repeat, bool isNullable)
    {
        _hasMemory = false;
        var counter = _slots++;
        var place = isNullable ? _slots++ : -1;
        Emit(new Instruction(Operation.Zero, counter));
        var round = Emit(default);
        Emit(new Instruction(Operation.Count, counter));
        if (isNullable)
            Emit(new Instruction(Operation.Save, place));
        AddBody(repeat.Body);
        if (isNullable)
            Emit(new Instruction(Operation.Progress, place, counter, Least: repeat.Least));
        Emit(new Instruction(Operation.Jump, round));
        _code[round] = new Instruction(Operation.Round, counter, _code.Count, Least: repeat.Least, Most: repeat.Most, IsLazy: repeat.IsLazy);
    }

    private void AddBody(PatternNode body)
    {
        var (first, last) = PatternAnalysis.Captures(body);
        if (first <= last)
            Emit(new Instruction(Operation.Forget, first * SlotsPerCapture, (last + 1) * SlotsPerCapture));
        Add(body);
    }
}
