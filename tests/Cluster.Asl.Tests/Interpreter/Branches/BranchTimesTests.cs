using Cluster.Asl.Interpreter;
using Xunit;

namespace Cluster.Asl.Tests.Interpreter.Branches;

/// <summary>Times along chains that lead from one branch into another.</summary>
public sealed class BranchTimesTests
{
    [Fact]
    public void A_state_that_is_cut_short_is_not_before_the_failure_though_the_clock_went_back()
    {
        var task = "{" + Given.TaskFields() + ",";
        var given = Given.State($$$"""
            "Type":"Parallel","Branches":[
              {"StartAt":"F","States":{"F":{{{task}}}"Next":"G"},"G":{{{task}}}"End":true} } },
              {"StartAt":"H","States":{"H":{{{task}}}"End":true} } }]
            """).Started();
        given.Later(5000).When(new ExecutionCommand.CompleteTask("/1.0.0", 1, 0, "{}"u8.ToArray()));
        given.Later(-4000).When(new ExecutionCommand.FailTask("/1.0.0", 2, 0, "E", Cause: null));
        var failed = Assert.Single(given.Events.OfType<TaskFailed>());
        var aborted = Assert.Single(given.Events.OfType<StateAborted>(), e => e.Scope == "/1.0.1");
        Assert.Equal((failed.Id, failed.At), (aborted.PreviousId, aborted.At));
    }
}
