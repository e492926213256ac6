using Cluster.Asl.Json;
using Xunit;

namespace Cluster.Asl.Tests.Interpreter;

public sealed class ContextObjectTests
{
    [Fact]
    public void A90_The_context_object_tells_the_execution_the_machine_and_the_state()
    {
        var given = Given.State("\"Type\":\"Pass\",\"InputPath\":\"$$\"").Started("""{ "a": 1 }""");
        Assert.Equal(
            JsonValue.Parse("""
            {"Execution":{"Id":"arn:aws:states:us-east-1:123456789012:execution:machine:run","Input":{"a":1},"StartTime":"2023-11-14T22:13:20.000Z",
            "Name":"run","RoleArn":"arn:aws:iam::123456789012:role/worker","RedriveCount":0},
            "StateMachine":{"Id":"arn:aws:states:us-east-1:123456789012:stateMachine:machine","Name":"machine"},
            "State":{"Name":"A","EnteredTime":"2023-11-14T22:13:20.000Z"}}
            """).ToString(),
            given.Output());
    }

    [Fact]
    public void A90_EnteredTime_is_that_of_the_Entered_event_and_RetryCount_only_in_states_that_retry()
    {
        var given = Given.States($$"""
            "A":{"Type":"Wait","Seconds":2,"Next":"T"},
            "T":{{{Given.TaskFields("\"Parameters\":{\"s.$\":\"$$.State\"},\"Retry\":[{\"ErrorEquals\":[\"E\"]}]")}},"End":true}
            """).Started().AfterMilliseconds(2001);
        Assert.Equal(["""call 2.0 {"s":{"Name":"T","EnteredTime":"2023-11-14T22:13:22.001Z","RetryCount":0}}"""], given.Effects);
        given.Failed("E", null).After(1);
        Assert.Equal(["""call 2.1 {"s":{"Name":"T","EnteredTime":"2023-11-14T22:13:22.001Z","RetryCount":1}}"""], given.Effects);
    }

    [Theory]
    [InlineData("$$.Execution.RedriveTime")]
    [InlineData("$$.Task.Token")]
    [InlineData("$$.Map.Item.Index")]
    public void A90_What_an_execution_does_not_have_is_absent(string path) =>
        Assert.StartsWith($"Invalid path '{path}' : ", Given.State($"\"Type\":\"Pass\",\"InputPath\":\"{path}\"").Started().RuntimeCause());
}
