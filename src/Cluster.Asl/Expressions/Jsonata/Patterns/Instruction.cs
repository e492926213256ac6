namespace Cluster.Asl.Expressions.Jsonata.Patterns;

/// <summary>What one instruction of a compiled pattern does.</summary>
internal enum Operation : byte
{
    /// <summary>The next character is one of the set.</summary>
    One,

    /// <summary>As many characters of the set as there are, from <c>A</c> to <c>B</c>; fewer when what follows fails.</summary>
    Many,

    /// <summary>As few characters of the set as possible, from <c>A</c> to <c>B</c>; more when what follows fails.</summary>
    Few,

    /// <summary>Goes on at <c>A</c>.</summary>
    Jump,

    /// <summary>Goes on at <c>A</c>, and at <c>B</c> when that fails.</summary>
    Split,

    /// <summary>Keeps the place in slot <c>A</c>.</summary>
    Save,

    /// <summary>Forgets the slots from <c>A</c> to before <c>B</c>.</summary>
    Forget,

    /// <summary>Sets the counter in slot <c>A</c> to 0.</summary>
    Zero,

    /// <summary>Adds 1 to the counter in slot <c>A</c>.</summary>
    Count,

    /// <summary>Another round (the next instruction) or the end (<c>B</c>), as the counter in slot <c>A</c> says.</summary>
    Round,

    /// <summary>Fails when the place is still that of slot <c>A</c>, and the counter in slot <c>B</c> (if any) is above the least number.</summary>
    Progress,

    /// <summary>The place is of the kind <c>A</c>.</summary>
    Anchor,

    /// <summary>The text of capture <c>A</c> again.</summary>
    Again,

    /// <summary>What follows must match here (<c>B</c> is 0) or must not (1); then goes on at <c>A</c>.</summary>
    Look,

    /// <summary>The end of the pattern, or of what is looked at.</summary>
    Accept,
}

/// <summary>One instruction.</summary>
/// <param name="Operation">What it does.</param>
/// <param name="A">Its first number.</param>
/// <param name="B">Its second number.</param>
/// <param name="Set">The characters, where it takes characters.</param>
/// <param name="IsBackward">Whether it takes what lies before the place.</param>
/// <param name="Branch">The number among the instructions that open ways, for the memory; -1 for others.</param>
/// <param name="Least">Of rounds: the least number.</param>
/// <param name="Most">Of rounds: the greatest.</param>
/// <param name="IsLazy">Of rounds: whether the end is tried first.</param>
internal readonly record struct Instruction(
    Operation Operation, int A = 0, int B = 0, CharClass? Set = null, bool IsBackward = false, int Branch = -1, int Least = 0, int Most = 0, bool IsLazy = false);
