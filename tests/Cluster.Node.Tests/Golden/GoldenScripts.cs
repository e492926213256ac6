using Cluster.Asl.Interpreter;

namespace Cluster.Node.Tests.Golden;

/// <summary>The executions from which golden journals are written: each event type, each way to end.</summary>
public static class GoldenScripts
{
    private const string Function = "arn:aws:lambda:us-east-1:123456789012:function:work";

    private const string Machine = $$$$"""
        {"StartAt":"Look","TimeoutSeconds":3600,"States":{
          "Look":{"Type":"Choice","Choices":[{"Variable":"$.wait","IsPresent":true,"Next":"Pause"}],"Default":"Work"},
          "Pause":{"Type":"Wait","SecondsPath":"$.wait","Next":"Work"},
          "Work":{"Type":"Task","Resource":"{{{{Function}}}}","TimeoutSeconds":30,"ResultPath":"$.result",
            "Retry":[{"ErrorEquals":["Busy"],"IntervalSeconds":2,"MaxAttempts":2}],
            "Catch":[{"ErrorEquals":["States.ALL"],"ResultPath":"$.error","Next":"Sorry"}],"Next":"Invoke"},
          "Invoke":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","HeartbeatSeconds":10,
            "Parameters":{"FunctionName":"work","Payload.$":"$"},"ResultSelector":{"ok.$":"$.Payload"},"Next":"Done"},
          "Done":{"Type":"Succeed"},
          "Sorry":{"Type":"Fail","Error":"Sorry","CausePath":"$.error.Cause"}}}
        """;

    public static IReadOnlyDictionary<string, Func<GoldenJournal>> All { get; } = new SortedDictionary<string, Func<GoldenJournal>>(StringComparer.Ordinal)
    {
        ["caught"] = () => Script("{}").Fails("Broken", "it is broken").Journal(),
        ["heartbeat"] = () => Script("{}").Completes("1").After(10).Journal(),
        ["retried"] = () => Script("{\"wait\":5}").After(5).Fails("Busy", null).After(2).Completes("{\"a\":[1,2.50]}")
            .Completes("{\"Payload\":\"é\"}").Journal(),
        ["stopped"] = () => Script("{}").Does(new ExecutionCommand.Stop("Halt", "by hand")).Journal(),
        ["timed-out"] = () => Script("{\"wait\":4000}").After(3600).Journal(),
        ["waiting"] = () => Script("{ \"wait\" : 60 }").Journal(),
        ["backing-off"] = () => Script("{}").Fails("Busy", "later").Journal(),
        ["wrong-path"] = () => Script("[]").Completes("1").Journal(),
    };

    private static GoldenScript Script(string input) => new(Machine, input);
}
