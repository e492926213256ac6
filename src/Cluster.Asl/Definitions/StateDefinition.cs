using System.Collections.Immutable;
using Cluster.Asl.Definitions.Choices;
using Cluster.Asl.Expressions;
using Cluster.Asl.Json;

namespace Cluster.Asl.Definitions;

/// <summary>The state types of the language.</summary>
public enum StateType : byte
{
    /// <summary>Passes its input on.</summary>
    Pass,

    /// <summary>Calls work outside.</summary>
    Task,

    /// <summary>Chooses the next state.</summary>
    Choice,

    /// <summary>Waits for a time.</summary>
    Wait,

    /// <summary>Ends its scope well.</summary>
    Succeed,

    /// <summary>Ends its scope with an error.</summary>
    Fail,

    /// <summary>Runs branches side by side.</summary>
    Parallel,

    /// <summary>Runs one branch per item.</summary>
    Map,
}

/// <summary>A state as it was defined. The closed family of JSONPath states is below.</summary>
public abstract record StateDefinition(string Name)
{
    /// <summary>The state's type.</summary>
    public abstract StateType Type { get; }

    /// <summary>The author's comment.</summary>
    public string? Comment { get; init; }

    /// <summary>What of the raw input the state works on. Absent in Fail.</summary>
    public PathField InputPath { get; init; } = PathField.Root;

    /// <summary>What of its output goes on. Absent in Fail.</summary>
    public PathField OutputPath { get; init; } = PathField.Root;

    /// <summary>The following state, or null when this state ends its scope (or is a Choice, Succeed or Fail).</summary>
    public string? Next { get; init; }
}

/// <summary>Passes its input, or a fixed result, on.</summary>
public sealed record PassState(string Name) : StateDefinition(Name)
{
    /// <inheritdoc/>
    public override StateType Type => StateType.Pass;

    /// <summary>A fixed result; overrides what Parameters gives.</summary>
    public JsonValue? Result { get; init; }

    /// <summary>Builds the effective input.</summary>
    public PayloadTemplate? Parameters { get; init; }

    /// <summary>Where the result goes in the raw input.</summary>
    public ResultPathField ResultPath { get; init; } = ResultPathField.Root;
}

/// <summary>A state whose work has a result and may fail: what Task, Parallel and Map share.</summary>
public abstract record RecoverableState(string Name) : StateDefinition(Name)
{
    /// <summary>Builds the effective input; in Map, the input of each iteration, and is named ItemSelector.</summary>
    public PayloadTemplate? Parameters { get; init; }

    /// <summary>Reshapes the result.</summary>
    public PayloadTemplate? ResultSelector { get; init; }

    /// <summary>Where the result goes in the raw input.</summary>
    public ResultPathField ResultPath { get; init; } = ResultPathField.Root;

    /// <summary>The retriers in document order.</summary>
    public ImmutableArray<Retrier> Retry { get; init; } = [];

    /// <summary>The catchers in document order.</summary>
    public ImmutableArray<Catcher> Catch { get; init; } = [];
}

/// <summary>Calls work outside: a function, a service.</summary>
public sealed record TaskState(string Name) : RecoverableState(Name)
{
    /// <inheritdoc/>
    public override StateType Type => StateType.Task;

    /// <summary>What is called.</summary>
    public required TaskResource Resource { get; init; }

    /// <summary>The time for one attempt, or null where it is not declared.</summary>
    public SecondsField? Timeout { get; init; }

    /// <summary>The longest silence of one attempt, or null where it is not declared.</summary>
    public SecondsField? Heartbeat { get; init; }
}

/// <summary>Chooses the next state by the first rule that holds.</summary>
public sealed record ChoiceState(string Name) : StateDefinition(Name)
{
    /// <inheritdoc/>
    public override StateType Type => StateType.Choice;

    /// <summary>The rules in document order; at least one.</summary>
    public required ImmutableArray<ChoiceRule> Choices { get; init; }

    /// <summary>The state when no rule holds, or null: then States.NoChoiceMatched.</summary>
    public string? Default { get; init; }
}

/// <summary>Waits for seconds or until a time. Exactly one of the four is set.</summary>
public sealed record WaitState(string Name) : StateDefinition(Name)
{
    /// <summary>
    /// The longest delay, in seconds, whichever of the four gives it: AWS counts them in 32 bits, so that a time 24,855 days
    /// ahead is taken and one 24,856 days ahead is not.
    /// </summary>
    public const long MaxDelaySeconds = int.MaxValue;

    /// <inheritdoc/>
    public override StateType Type => StateType.Wait;

    /// <summary>Seconds to wait.</summary>
    public long? Seconds { get; init; }

    /// <summary>The time to wait for, in Unix milliseconds.</summary>
    public long? Timestamp { get; init; }

    /// <summary>Where the seconds stand.</summary>
    public JsonPath? SecondsPath { get; init; }

    /// <summary>Where the time stands.</summary>
    public JsonPath? TimestampPath { get; init; }
}

/// <summary>Ends its scope well.</summary>
public sealed record SucceedState(string Name) : StateDefinition(Name)
{
    /// <inheritdoc/>
    public override StateType Type => StateType.Succeed;
}

/// <summary>Ends its scope with an error.</summary>
public sealed record FailState(string Name) : StateDefinition(Name)
{
    /// <inheritdoc/>
    public override StateType Type => StateType.Fail;

    /// <summary>The fixed error name.</summary>
    public string? Error { get; init; }

    /// <summary>The fixed cause.</summary>
    public string? Cause { get; init; }

    /// <summary>Where the error name stands, or what makes it.</summary>
    public PathOrCall? ErrorPath { get; init; }

    /// <summary>Where the cause stands, or what makes it.</summary>
    public PathOrCall? CausePath { get; init; }
}

/// <summary>Runs branches side by side on copies of one input; its result is the array of their outputs, in branch order (A17).</summary>
public sealed record ParallelState(string Name) : RecoverableState(Name)
{
    /// <inheritdoc/>
    public override StateType Type => StateType.Parallel;

    /// <summary>The branches in document order; at least one.</summary>
    public required ImmutableArray<ScopeDefinition> Branches { get; init; }
}

/// <summary>
/// Runs one iteration per item inside the same execution (mode INLINE); its result is the array of their outputs, in the order of the
/// items (A18).
/// </summary>
public sealed record MapState(string Name) : RecoverableState(Name)
{
    /// <inheritdoc/>
    public override StateType Type => StateType.Map;

    /// <summary>What each iteration runs: ItemProcessor, or Iterator in its legacy form.</summary>
    public required ScopeDefinition Processor { get; init; }

    /// <summary>Where the items stand in the effective input: an array, or an object whose members are the items.</summary>
    public JsonPath ItemsPath { get; init; } = JsonPath.Root;

    /// <summary>How many iterations run at a time; 0 is as many as there may be.</summary>
    public long MaxConcurrency { get; init; }

    /// <summary>Where that number stands, or null where it is fixed.</summary>
    public JsonPath? MaxConcurrencyPath { get; init; }
}
