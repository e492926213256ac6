using System.Text;
using Cluster.Asl.Definitions;
using Cluster.Asl.Interpreter;
using Cluster.Asl.Interpreter.Branches;
using Cluster.Asl.Parsing;
using Xunit;

namespace Cluster.Asl.Tests.Interpreter;

/// <summary>Given a machine and what happened so far, when a command comes, then see events, effects and the fold.</summary>
internal sealed class Given
{
    public const string Function = "arn:aws:lambda:us-east-1:123456789012:function:work";

    public const long StartTime = 1_700_000_000_000;

    private Limits _limits;

    private bool _apart;

    private IDecisionEnvironment? _environment;

    private Given(StateMachineDefinition definition, Limits limits)
    {
        _limits = limits;
        Execution = Execution.Empty(definition);
    }

    public Execution Execution { get; private set; }

    public List<ExecutionEvent> Events { get; } = [];

    public Decision Last { get; private set; } = null!;

    public long Now { get; private set; } = StartTime;

    /// <summary>Chance for the next decisions.</summary>
    public ulong Seed { get; private set; } = 42;

    public Scope Scope => Execution.Root!;

    /// <summary>The calls and cancellations of the last decision.</summary>
    public string[] Effects => [.. Last.Effects.Select(e => e switch
    {
        Effect.Call call => $"call {call.What.Visit}.{call.What.Attempt} {call.What.Input}",
        Effect.CancelCall cancel => $"cancel {cancel.Visit}.{cancel.Attempt}",
        _ => e.ToString(),
    })];

    public static Given Machine(string definition, Limits? limits = null)
    {
        var parsed = DefinitionParser.Parse(Encoding.UTF8.GetBytes(definition));
        Assert.True(parsed.Definition is not null, string.Join(", ", parsed.Diagnostics));
        return new Given(parsed.Definition, limits ?? Limits.Default);
    }

    public static Given States(string states, Limits? limits = null, string more = "") =>
        Machine("{\"StartAt\":\"A\"," + more + "\"States\":{" + states + "}}", limits);

    /// <summary>A machine of one state A with these fields, which ends there.</summary>
    public static Given State(string fields, Limits? limits = null, string more = "") =>
        States("\"A\":{" + fields + ",\"End\":true}", limits, more);

    /// <summary>A machine of one Task state A with these further fields, which ends there.</summary>
    public static Given Task(string fields = "", Limits? limits = null, string more = "") =>
        State(TaskFields(fields), limits, more);

    /// <summary>A machine of a Task state A with these further fields, and a Pass state B that takes what it catches.</summary>
    public static Given TaskAndB(string fields, Limits? limits = null, string more = "") =>
        States("\"A\":{" + TaskFields(fields) + ",\"End\":true},\"B\":{\"Type\":\"Pass\",\"End\":true}", limits, more);

    public static string TaskFields(string fields = "") =>
        $"\"Type\":\"Task\",\"Resource\":\"{Function}\"" + (fields.Length == 0 ? "" : "," + fields);

    /// <summary>The next decisions have other limits.</summary>
    public Given Within(Limits limits)
    {
        _limits = limits;
        return this;
    }

    /// <summary>Branches are run by the test, with <see cref="RunReady"/>.</summary>
    public Given Apart()
    {
        _apart = true;
        return this;
    }

    /// <summary>The node is another one than the plain one.</summary>
    public Given In(IDecisionEnvironment environment)
    {
        _environment = environment;
        return this;
    }

    /// <summary>Runs the branches that the last decision made ready.</summary>
    public ScopeDecision[] RunReady() =>
        [.. Last.Ready.Select(scope => ScopeDecider.Run(scope, Execution, new DecisionContext(Now, Seed, _limits, _apart, _environment)))];

    public Given With(ulong seed)
    {
        Seed = seed;
        return this;
    }

    public Given Started(string input = "{}") => When(new ExecutionCommand.Start(
        new ExecutionStart
        {
            ExecutionArn = "arn:aws:states:us-east-1:123456789012:execution:machine:run",
            Name = "run",
            StateMachineArn = "arn:aws:states:us-east-1:123456789012:stateMachine:machine",
            StateMachineName = "machine",
            RoleArn = "arn:aws:iam::123456789012:role/worker",
            DefinitionHash = "00",
        },
        Payload.OfText(Encoding.UTF8.GetBytes(input))));

    public Given Completed(string output) =>
        When(new ExecutionCommand.CompleteTask("", Execution.Root!.Visit, Execution.Root.Attempt, Encoding.UTF8.GetBytes(output)));

    public Given Failed(string? error, string? cause) =>
        When(new ExecutionCommand.FailTask("", Execution.Root!.Visit, Execution.Root.Attempt, error, cause));

    /// <summary>The call of a branch is answered, in its first visit and first attempt if nothing else is said.</summary>
    public Given Answered(string scope, string output, long visit = 1, int attempt = 0) =>
        When(new ExecutionCommand.CompleteTask(scope, visit, attempt, Encoding.UTF8.GetBytes(output)));

    /// <summary>The call of a branch fails, in its first visit and first attempt if nothing else is said.</summary>
    public Given Failed(string scope, string? error, string? cause, long visit = 1, int attempt = 0) =>
        When(new ExecutionCommand.FailTask(scope, visit, attempt, error, cause));

    public Given Stopped(string? error = null, string? cause = null) => When(new ExecutionCommand.Stop(error, cause));

    /// <summary>Time passes, and the execution is woken.</summary>
    public Given After(double seconds) => AfterMilliseconds((long)(seconds * 1000));

    public Given AfterMilliseconds(long milliseconds) => Later(milliseconds).When(ExecutionCommand.GoOn.Instance);

    /// <summary>Time passes, and nobody wakes the execution.</summary>
    public Given Later(long milliseconds)
    {
        Now += milliseconds;
        return this;
    }

    /// <summary>The execution goes on from decision to decision while it can do so by itself.</summary>
    public Given GoesOn()
    {
        while (Execution.IsRunnable)
            When(ExecutionCommand.GoOn.Instance);
        return this;
    }

    public Given When(ExecutionCommand command)
    {
        var before = Execution;
        Last = ExecutionDecider.Decide(Execution, command, new DecisionContext(Now, Seed, _limits, _apart, _environment));
        Execution = Last.Execution;
        Events.AddRange(Last.Events);
        Assert.Equal(Execution, Last.Events.Aggregate(before, ExecutionEvolution.Evolve));
        return this;
    }

    /// <summary>The history as lines: id, previous id, name, state, payload.</summary>
    public string[] History() => [.. Events.Where(e => e.IsHistory).Select(Line)];

    /// <summary>The names of the history events.</summary>
    public string[] Names() => [.. Events.Where(e => e.IsHistory).Select(Name)];

    public ExecutionEvent End() => Events[^1];

    /// <summary>The output of an execution that succeeded.</summary>
    public string Output()
    {
        Assert.True(End() is ExecutionSucceeded, Line(End()));
        return End().Payload!.ToString();
    }

    /// <summary>The error and the cause of an execution that failed.</summary>
    public (string? Error, string? Cause) Failure()
    {
        var failed = Assert.IsType<ExecutionFailed>(End());
        return (failed.Error, failed.Cause);
    }

    /// <summary>The cause of an execution that failed with States.Runtime in state A, the second event, without the words before it.</summary>
    public string RuntimeCause()
    {
        const string prefix = "An error occurred while executing the state 'A' (entered at the event id #2). ";
        var (error, cause) = Failure();
        Assert.Equal("States.Runtime", error);
        Assert.StartsWith(prefix, cause);
        return cause![prefix.Length..];
    }

    private static string Line(ExecutionEvent e) => $"{e.Id} {e.PreviousId} {Name(e)} {e.Payload}".TrimEnd();

    private static string Name(ExecutionEvent e) => e switch
    {
        StateEntered s => $"{s.Type}StateEntered {s.Name}",
        StateExited s => $"{s.Type}StateExited {s.Name}",
        ExecutionFailed f => $"ExecutionFailed {f.Error}: {f.Cause}",
        ExecutionAborted f => $"ExecutionAborted {f.Error}: {f.Cause}",
        TaskFailed f => $"TaskFailed {f.Error}: {f.Cause}",
        MapIterationStarted i => $"MapIterationStarted {i.Index}",
        MapIterationSucceeded i => $"MapIterationSucceeded {i.Index}",
        MapIterationFailed i => $"MapIterationFailed {i.Index}",
        MapIterationAborted i => $"MapIterationAborted {i.Index}",
        StateAborted s => $"{s.Type}StateAborted",
        _ => e.GetType().Name,
    };
}
