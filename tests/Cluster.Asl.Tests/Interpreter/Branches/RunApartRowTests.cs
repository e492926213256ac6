using Cluster.Asl.Interpreter;
using Xunit;

namespace Cluster.Asl.Tests.Interpreter.Branches;

/// <summary>A branch that is run apart does not know the ids of its events; what names them is the same as if it did.</summary>
public sealed class RunApartRowTests
{
    private const string Fails = "\"Type\":\"Task\",\"Resource\":\"" + Given.Function + "\",\"ResultPath\":\"$.a.b\",\"End\":true";

    [Fact]
    public void A36_A_failed_evaluation_names_the_event_that_its_execution_has_numbered()
    {
        const string pass = "\"Type\":\"Pass\",\"InputPath\":\"$.no\",\"End\":true";
        var given = Branching.Parallel([Branching.Pass, pass]).Apart().Started();
        AcceptAll(given);
        Assert.Equal(
            ("States.Runtime", "An error occurred while executing the state 'I1' (entered at the event id #6). Invalid path '$.no' : No results for path: $['no']"),
            given.Failure());
    }

    [Fact]
    public void A78_A_caught_evaluation_in_a_branch_gives_its_cause_with_the_state_and_its_event()
    {
        const string state = Fails + ",\"Catch\":[{\"ErrorEquals\":[\"States.ALL\"],\"ResultPath\":\"$.e\",\"Next\":\"C\"}]},\"C\":{\"Type\":\"Succeed\"";
        var told = Run(state, apart: true);
        Assert.StartsWith(
            "[{\"a\":1,\"e\":{\"Error\":\"States.ResultPathMatchFailure\",\"Cause\":\"An error occurred while executing the state 'I0' (entered at the event id #4). ",
            told.Output());
        Assert.Equal(Run(state, apart: false).History(), told.History());
    }

    [Fact]
    public void A76_A_branch_that_backs_off_apart_counts_its_retries()
    {
        var task = Branching.Task("\"Parameters\":{\"n.$\":\"$$.State.RetryCount\"},\"Retry\":[{\"ErrorEquals\":[\"E\"],\"MaxAttempts\":1}]");
        var given = Branching.Parallel([task]).Apart().Started();
        AcceptAll(given);
        given.Failed("/1.0.0", "E", null).After(1);
        AcceptAll(given);
        Assert.Equal("{\"n\":1}", given.Execution.Outstanding.Single().Input.ToString());
        given.Failed("/1.0.0", "E", null, attempt: 1);
        AcceptAll(given);
        Assert.Equal(("E", null), given.Failure());
    }

    private static Given Run(string state, bool apart)
    {
        var given = Branching.Parallel([state]);
        if (apart)
            given.Apart();
        given.Started("""{"a":1}""");
        AcceptAll(given);
        given.Answered("/1.0.0", "2");
        AcceptAll(given);
        return given;
    }

    private static void AcceptAll(Given given)
    {
        while (!given.Last.Ready.IsEmpty)
        {
            foreach (var run in given.RunReady())
                given.When(new ExecutionCommand.Accept(run));
        }
    }
}
