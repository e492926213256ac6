using System.Text;
using Cluster.Asl.Definitions;
using Cluster.Asl.Interpreter;
using Cluster.Asl.Parsing;
using Cluster.Node.Executions.Encoding;

namespace Cluster.Node.Tests.Golden;

/// <summary>The executions from which golden journals are written: each event type, each way to end.</summary>
public static class GoldenScripts
{
    private const long Start = 1_790_000_000_000;
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
        ["caught"] = () => new Script("{}").Fails("Broken", "it is broken").Journal(),
        ["heartbeat"] = () => new Script("{}").Completes("1").After(10).Journal(),
        ["retried"] = () => new Script("{\"wait\":5}").After(5).Fails("Busy", null).After(2).Completes("{\"a\":[1,2.50]}")
            .Completes("{\"Payload\":\"é\"}").Journal(),
        ["stopped"] = () => new Script("{}").Does(new ExecutionCommand.Stop("Halt", "by hand")).Journal(),
        ["timed-out"] = () => new Script("{\"wait\":4000}").After(3600).Journal(),
        ["waiting"] = () => new Script("{ \"wait\" : 60 }").Journal(),
        ["backing-off"] = () => new Script("{}").Fails("Busy", "later").Journal(),
        ["wrong-path"] = () => new Script("[]").Completes("1").Journal(),
    };

    private sealed class Script
    {
        private readonly EventCodec _codec = new(new IdentityPayloadCodec());
        private readonly List<string> _rows = [];
        private Execution _execution = Execution.Empty(Parse());
        private long _now = Start;

        public Script(string input) => Does(new ExecutionCommand.Start(
            new ExecutionStart
            {
                ExecutionArn = "arn:aws:states:us-east-1:123456789012:execution:golden:run",
                Name = "run",
                StateMachineArn = "arn:aws:states:us-east-1:123456789012:stateMachine:golden",
                StateMachineName = "golden",
                RoleArn = "arn:aws:iam::123456789012:role/worker",
                DefinitionHash = "00",
                RevisionId = "r1",
                MachineUpdateDate = Start - 1,
                TraceHeader = "Root=1-0-0",
                RequestId = "q1",
            },
            Payload.OfText(Encoding.UTF8.GetBytes(input))));

        public Script Completes(string output) =>
            Does(new ExecutionCommand.CompleteTask("", _execution.Root!.Visit, _execution.Root.Attempt, Encoding.UTF8.GetBytes(output)));

        public Script Fails(string error, string? cause) =>
            Does(new ExecutionCommand.FailTask("", _execution.Root!.Visit, _execution.Root.Attempt, error, cause));

        public Script After(int seconds)
        {
            _now += seconds * 1000L;
            return Does(ExecutionCommand.GoOn.Instance);
        }

        public Script Does(ExecutionCommand command)
        {
            var decision = ExecutionDecider.Decide(_execution, command, new DecisionContext(_now, Seed: 1, Limits.Default));
            _execution = decision.Execution;
            if (decision.Events.Length > 0)
                _rows.Add(Convert.ToBase64String(_codec.Encode(decision.Events)));
            return this;
        }

        public GoldenJournal Journal() => GoldenJournal.Of(Machine, _rows);

        private static StateMachineDefinition Parse() => DefinitionParser.Parse(Encoding.UTF8.GetBytes(Machine)).Definition!;
    }
}
