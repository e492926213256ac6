using System.Text;
using Cluster.Asl.Definitions;
using Cluster.Asl.Interpreter;
using Cluster.Asl.Parsing;
using Xunit;

namespace Cluster.Asl.Tests.Interpreter;

/// <summary>Given a machine and what happened so far, when a command comes, then see events, effects and the fold.</summary>
internal sealed class Given
{
    private readonly Limits _limits;

    private Given(StateMachineDefinition definition, Limits limits)
    {
        _limits = limits;
        Execution = Execution.Empty(definition);
    }

    public Execution Execution { get; private set; }

    public List<ExecutionEvent> Events { get; } = [];

    public Decision Last { get; private set; } = null!;

    public long Now { get; private set; } = 1_700_000_000_000;

    public static Given Machine(string definition, Limits? limits = null)
    {
        var parsed = DefinitionParser.Parse(Encoding.UTF8.GetBytes(definition));
        Assert.True(parsed.Definition is not null, string.Join(", ", parsed.Diagnostics));
        return new Given(parsed.Definition, limits ?? Limits.Default);
    }

    public static Given States(string states, Limits? limits = null, string more = "") =>
        Machine("{\"StartAt\":\"A\"," + more + "\"States\":{" + states + "}}", limits);

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

    public Given After(double seconds)
    {
        Now += (long)(seconds * 1000);
        return When(ExecutionCommand.GoOn.Instance);
    }

    public Given When(ExecutionCommand command)
    {
        var before = Execution;
        Last = ExecutionDecider.Decide(Execution, command, new DecisionContext(Now, Seed: 42, _limits));
        Execution = Last.Execution;
        Events.AddRange(Last.Events);
        Assert.Equal(Execution, Last.Events.Aggregate(before, ExecutionEvolution.Evolve));
        return this;
    }

    /// <summary>The history as lines: id, previous id, name, state, payload.</summary>
    public string[] History() => [.. Events.Where(e => e.IsHistory).Select(Line)];

    public ExecutionEvent End() => Events[^1];

    private static string Line(ExecutionEvent e)
    {
        var name = e switch
        {
            StateEntered s => $"{s.Type}StateEntered {s.Name}",
            StateExited s => $"{s.Type}StateExited {s.Name}",
            ExecutionFailed f => $"ExecutionFailed {f.Error}: {f.Cause}",
            ExecutionAborted f => $"ExecutionAborted {f.Error}: {f.Cause}",
            TaskFailed f => $"TaskFailed {f.Error}: {f.Cause}",
            _ => e.GetType().Name,
        };
        return $"{e.Id} {e.PreviousId} {name} {e.Payload}".TrimEnd();
    }
}
