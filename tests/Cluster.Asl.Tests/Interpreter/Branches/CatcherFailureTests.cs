using Xunit;

namespace Cluster.Asl.Tests.Interpreter.Branches;

/// <summary>A catcher of a Parallel whose output does not fit where it belongs.</summary>
public sealed class CatcherFailureTests
{
    [Fact]
    public void A_parallel_tells_its_failure_once_also_when_its_catcher_fails()
    {
        var given = Given.States(
            """
            "A":{"Type":"Parallel","Branches":[{"StartAt":"F","States":{"F":{"Type":"Fail","Error":"E"} } }],
                 "Catch":[{"ErrorEquals":["E"],"ResultPath":"$.n.x","Next":"B"}],"End":true},
            "B":{"Type":"Pass","End":true}
            """).Started("""{"n":1}""");
        Assert.Equal(
            ["ParallelStateEntered A", "ParallelStateStarted", "FailStateEntered F", "BranchesFailed"],
            given.Names()[1..^1]);
        Assert.Equal("States.ResultPathMatchFailure", given.Failure().Error);
        Assert.Equal(5, given.End().PreviousId);
    }
}
