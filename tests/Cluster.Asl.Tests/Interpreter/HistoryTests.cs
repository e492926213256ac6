using Cluster.Asl.Definitions;
using Cluster.Asl.Interpreter;
using Xunit;

namespace Cluster.Asl.Tests.Interpreter;

/// <summary>Which events there are, their ids and what they are chained to.</summary>
public sealed class HistoryTests
{
    [Fact]
    public void C1_ExecutionStarted_holds_the_input_as_it_was_sent_and_what_is_pinned()
    {
        var started = Assert.IsType<ExecutionStarted>(Given.State("\"Type\":\"Pass\"").Started("{ \"a\" : 1 }").Events[0]);
        Assert.Equal("{ \"a\" : 1 }", started.Payload!.ToString());
        Assert.Equal("arn:aws:iam::123456789012:role/worker", started.Start.RoleArn);
    }

    [Theory]
    [InlineData("\"Type\":\"Pass\",\"End\":true", "Pass")]
    [InlineData("\"Type\":\"Succeed\"", "Succeed")]
    [InlineData("\"Type\":\"Wait\",\"Seconds\":0,\"End\":true", "Wait")]
    public void C3_A_state_shows_Entered_with_its_raw_input_and_Exited_with_its_output(string fields, string type)
    {
        var given = Given.States("\"A\":{" + fields + "}").Started("[ 1 ]");
        Assert.Equal([$"2 0 {type}StateEntered A [ 1 ]", $"3 2 {type}StateExited A [ 1 ]"], given.History()[1..3]);
    }

    [Theory]
    [InlineData(Given.Function, TaskKind.LambdaFunction)]
    [InlineData("arn:aws:states:::lambda:invoke", TaskKind.Integration)]
    public void C7_C8_A_function_and_a_service_show_families_of_their_own(string resource, TaskKind kind)
    {
        var given = Given.State($$"""
            "Type":"Task","Resource":"{{resource}}","Parameters":{"FunctionName":"f"}
            """).Started().Completed("{}");
        Assert.Equal(["TaskScheduled", "TaskStarted", "TaskSucceeded"], given.Names()[2..5]);
        Assert.Equal((kind, resource), given.Events.OfType<TaskScheduled>().Select(e => (e.Kind, e.Resource)).Single());
        Assert.Equal((kind, resource), given.Events.OfType<TaskStarted>().Select(e => (e.Kind, e.Resource)).Single());
        Assert.Equal((kind, resource), given.Events.OfType<TaskSucceeded>().Select(e => (e.Kind, e.Resource)).Single());
    }

    [Fact]
    public void C20_Ids_are_dense_and_the_first_state_has_no_parent()
    {
        var given = Given.States($$"""
            "A":{"Type":"Pass","Next":"W"},"W":{"Type":"Wait","Seconds":1,"Next":"T"},
            "T":{{{Given.TaskFields("\"Retry\":[{\"ErrorEquals\":[\"E\"]}]")}},"End":true}
            """).Started().After(1).Failed("E", null).After(1).Completed("1");
        var history = given.Events.Where(e => e.IsHistory).ToArray();
        Assert.Equal(Enumerable.Range(1, history.Length).Select(i => (long)i), history.Select(e => e.Id));
        Assert.Equal([0, 0, .. Enumerable.Range(2, history.Length - 2).Select(i => (long)i)], history.Select(e => e.PreviousId));
        Assert.All(given.Events.Where(e => !e.IsHistory), e => Assert.Equal((0L, 0L), (e.Id, e.PreviousId)));
    }

    [Fact]
    public void C2_C23_An_abort_and_a_time_out_have_no_parent()
    {
        Assert.Equal("5 0 ExecutionAborted e: c", Given.Task().Started().Stopped("e", "c").History()[^1]);
        Assert.Equal("5 0 ExecutionAborted :", Given.Task().Started().Stopped().History()[^1]);
        Assert.Equal("5 0 ExecutionTimedOut", Given.Task(more: "\"TimeoutSeconds\":5,").Started().After(5).History()[^1]);
    }
}
