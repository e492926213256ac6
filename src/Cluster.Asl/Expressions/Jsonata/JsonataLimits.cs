namespace Cluster.Asl.Expressions.Jsonata;

/// <summary>What one evaluation may spend. Beyond any of these it ends with an error; it never crashes and never hangs.</summary>
public sealed record JsonataLimits
{
    /// <summary>The longest expression, in UTF-16 units: as long as the largest definition.</summary>
    public const int MaxExpressionLength = 1_048_576;

    /// <summary>The deepest nesting of an expression's parts.</summary>
    public const int MaxExpressionDepth = 256;

    /// <summary>The deepest nesting of a value that an expression builds, as of any payload.</summary>
    public const int MaxValueDepth = 1000;

    /// <summary>The most elements of a range, whatever else is allowed; the reference refuses more, too.</summary>
    public const int MaxRangeLength = 10_000_000;

    /// <summary>The code of an expression that runs too deep or too long.</summary>
    public const string RunawayCode = "U1001";

    /// <summary>How many characters of a text that is read count as one step.</summary>
    public const int CharactersPerStep = 64;

    /// <summary>What a runaway recursion is told, by the reference's test bed and by AWS.</summary>
    public const string DepthSentence =
        "Stack overflow error: Check for non-terminating recursive function.  Consider rewriting as tail-recursive.";

    /// <summary>What an expression that takes too many steps is told: AWS counts a second, which here is a number of steps.</summary>
    public const string StepsSentence = "Expression evaluation timeout: Check for infinite loop";

    /// <summary>What an expression that builds too much is told.</summary>
    public const string MemorySentence = "Expression evaluation memory limit exceeded: Check for excessive memory usage";

    /// <summary>What Step Functions allows.</summary>
    public static readonly JsonataLimits StepFunctions = new();

    /// <summary>For whatever the reference itself would do: deep recursion is bounded by the stack alone.</summary>
    public static readonly JsonataLimits Reference = new() { MaxDepth = 10_000, MaxItems = MaxRangeLength, MaxTotalItems = 64_000_000 };

    /// <summary>How deep the evaluation of one part may lie inside that of others: a recursive function that is no tail call adds to it.</summary>
    public int MaxDepth { get; init; } = 100;

    /// <summary>
    /// How many steps an evaluation may take: one for each part that is evaluated, each call, and each item that a part or a function looks
    /// at. So many take less than a second.
    /// </summary>
    public long MaxSteps { get; init; } = 8_000_000;

    /// <summary>The most elements of one array: AWS takes a range of so many and refuses one more.</summary>
    public int MaxItems { get; init; } = 873_782;

    /// <summary>The most elements of all arrays built in one evaluation.</summary>
    public long MaxTotalItems { get; init; } = 4_000_000;

    /// <summary>The longest string in UTF-16 units: the memory in which AWS holds the longest array, 8 bytes for an element.</summary>
    public int MaxStringLength { get; init; } = 6_990_256;

    /// <summary>The characters of all strings built in one evaluation.</summary>
    public long MaxTotalCharacters { get; init; } = 128_000_000;
}
