using Cluster.Asl.Definitions;
using Cluster.Asl.Interpreter;
using Cluster.Asl.Parsing;
using Xunit;

namespace Cluster.Asl.Tests.Interpreter;

/// <summary>What a step of an execution leaves to the collector; coarse bounds, so that a copy too many is noticed and a field more is not.</summary>
public sealed class AllocationTests
{
    private const int States = 5;
    private const int PassStates = 100;
    private const int Rounds = 200;

    /// <summary>A state of a small document: five events, the scope after each, and the parsed answer. 4,000 bytes when this was written; a second copy of the scope per event was 1,400 more.</summary>
    private const long MostBytesPerState = 5_000;

    /// <summary>A state that fills a template: two events, the scope after each, and the output. 1,389 bytes when this was written; a second copy of each event was 152 more.</summary>
    private const long MostBytesPerPass = 1_500;

    private static readonly ReadOnlyMemory<byte> Document = """{"order":"A-1","items":[{"sku":"x","count":2}],"total":39.9}"""u8.ToArray();

    [Fact]
    public void A_task_state_allocates_a_few_small_objects()
    {
        var definition = Machine(States, "\"Type\":\"Task\",\"Resource\":\"arn:aws:lambda:us-east-1:123456789012:function:work\"");
        Run(definition);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Rounds; i++)
            Run(definition);
        var each = (GC.GetAllocatedBytesForCurrentThread() - before) / (Rounds * States);
        Assert.InRange(each, 1, MostBytesPerState);
    }

    [Fact]
    public void A_pass_state_allocates_a_few_small_objects()
    {
        const string state = "\"Type\":\"Pass\",\"Parameters\":{\"a.$\":\"$.order\",\"b.$\":\"States.Format('{}-{}', $.order, $.total)\"},\"ResultPath\":\"$.r\"";
        var definition = Machine(PassStates, state);
        Assert.True(Payload.TryRead(Document, out var input, out _));
        Decide(Execution.Empty(definition), new ExecutionCommand.Start(Start(), input));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Rounds; i++)
            Decide(Execution.Empty(definition), new ExecutionCommand.Start(Start(), input));
        var each = (GC.GetAllocatedBytesForCurrentThread() - before) / (Rounds * PassStates);
        Assert.InRange(each, 1, MostBytesPerPass);
    }

    private static void Run(StateMachineDefinition definition)
    {
        Assert.True(Payload.TryRead(Document, out var input, out _));
        var decision = Decide(Execution.Empty(definition), new ExecutionCommand.Start(Start(), input));
        for (var visit = 1; visit <= States; visit++)
            decision = Decide(decision.Execution, new ExecutionCommand.CompleteTask("", visit, Attempt: 0, Document));
        Assert.Equal(ExecutionState.Succeeded, decision.Execution.State);
    }

    private static Decision Decide(Execution execution, ExecutionCommand command) =>
        ExecutionDecider.Decide(execution, command, new DecisionContext(1_790_000_000_000, Seed: 1, Limits.Default));

    /// <summary>A line of states that are all alike.</summary>
    private static StateMachineDefinition Machine(int count, string state)
    {
        var states = Enumerable.Range(1, count).Select(i =>
            $$"""
            "S{{i}}":{{{state}},{{(i == count ? "\"End\":true" : $"\"Next\":\"S{i + 1}\"")}}}
            """);
        var text = "{\"StartAt\":\"S1\",\"States\":{" + string.Join(',', states) + "}}";
        return DefinitionParser.Parse(System.Text.Encoding.UTF8.GetBytes(text)).Definition!;
    }

    private static ExecutionStart Start() => new()
    {
        ExecutionArn = "arn:aws:states:us-east-1:123456789012:execution:m:n",
        Name = "n",
        StateMachineArn = "arn:aws:states:us-east-1:123456789012:stateMachine:m",
        StateMachineName = "m",
        RoleArn = "arn:aws:iam::123456789012:role/r",
        DefinitionHash = "00",
    };
}
