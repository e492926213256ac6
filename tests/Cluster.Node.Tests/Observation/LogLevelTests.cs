using Cluster.Asl.Interpreter;
using Cluster.Node.Observation;
using Xunit;

namespace Cluster.Node.Tests.Observation;

/// <summary>Which history events each level logs: AWS's table.</summary>
public sealed class LogLevelTests
{
    private static readonly string[] Fatal = ["ExecutionAborted", "ExecutionFailed", "ExecutionTimedOut"];

    private static readonly string[] Errors =
    [
        "ActivityFailed", "ActivityScheduleFailed", "ActivityTimedOut", "EvaluationFailed", "FailStateEntered", "LambdaFunctionFailed",
        "LambdaFunctionScheduleFailed", "LambdaFunctionStartFailed", "LambdaFunctionTimedOut", "MapIterationAborted", "MapIterationFailed",
        "MapRunAborted", "MapRunFailed", "MapStateAborted", "MapStateFailed", "ParallelStateAborted", "ParallelStateFailed", "TaskFailed",
        "TaskStartFailed", "TaskStateAborted", "TaskSubmitFailed", "TaskTimedOut", "WaitStateAborted",
    ];

    private static readonly string[] Others =
    [
        "ActivityScheduled", "ActivityStarted", "ActivitySucceeded", "ChoiceStateEntered", "ChoiceStateExited", "ExecutionRedriven", "ExecutionStarted",
        "ExecutionSucceeded", "LambdaFunctionScheduled", "LambdaFunctionStarted", "LambdaFunctionSucceeded", "MapIterationStarted",
        "MapIterationSucceeded", "MapRunRedriven", "MapRunStarted", "MapRunSucceeded", "MapStateEntered", "MapStateExited", "MapStateStarted",
        "MapStateSucceeded", "ParallelStateEntered", "ParallelStateExited", "ParallelStateStarted", "ParallelStateSucceeded", "PassStateEntered",
        "PassStateExited", "SucceedStateEntered", "SucceedStateExited", "TaskScheduled", "TaskStarted", "TaskStateEntered", "TaskStateExited",
        "TaskSubmitted", "TaskSucceeded", "WaitStateEntered", "WaitStateExited",
    ];

    [Fact]
    public void Each_level_takes_the_types_of_the_table()
    {
        string[] all = [.. Fatal, .. Errors, .. Others];
        Assert.Equal(Fatal, all.Where(type => ExecutionLogLevel.Fatal.Takes(type)));
        Assert.Equal([.. Fatal, .. Errors], all.Where(type => ExecutionLogLevel.Error.Takes(type)));
        Assert.Equal(all, all.Where(type => ExecutionLogLevel.All.Takes(type)));
        Assert.DoesNotContain(all, type => ExecutionLogLevel.Off.Takes(type));
    }

    [Fact]
    public void An_append_is_passed_over_only_where_it_holds_nothing_for_the_level()
    {
        ExecutionEvent ran = new ExecutionSucceeded { Id = 4 };
        ExecutionEvent failed = new ExecutionFailed("E", Cause: null) { Id = 4 };
        Assert.False(ExecutionLogLevel.Off.MayTake([failed]));
        Assert.False(ExecutionLogLevel.Fatal.MayTake([ran]));
        Assert.True(ExecutionLogLevel.Fatal.MayTake([failed]));
        Assert.True(ExecutionLogLevel.Fatal.MayTake([new ExecutionTimedOut()]));
        Assert.True(ExecutionLogLevel.Error.MayTake([ran]));
        Assert.True(ExecutionLogLevel.All.MayTake([ran]));
    }
}
