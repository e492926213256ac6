using System.Text;
using Cluster.Asl.Interpreter;
using Cluster.Asl.Parsing;
using Cluster.Node.Executions.Encoding;

namespace Cluster.Node.Tests.Golden;

/// <summary>An execution that is taken through its life by hand, one append for each decision.</summary>
internal sealed class GoldenScript
{
    private const long Start = 1_790_000_000_000;

    private readonly EventCodec _codec = new(new IdentityPayloadCodec());
    private readonly List<string> _rows = [];
    private readonly string _machine;
    private long _now = Start;

    public GoldenScript(string machine, string input)
    {
        _machine = machine;
        Execution = Execution.Empty(DefinitionParser.Parse(Encoding.UTF8.GetBytes(machine)).Definition!);
        Does(new ExecutionCommand.Start(
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
    }

    /// <summary>The execution as it stands.</summary>
    public Execution Execution { get; private set; }

    /// <summary>A call succeeds.</summary>
    /// <param name="output">Its result.</param>
    /// <param name="call">Which of those that are out, by order of scopes.</param>
    public GoldenScript Completes(string output, int call = 0)
    {
        var what = Execution.Outstanding[call];
        return Does(new ExecutionCommand.CompleteTask(what.Scope, what.Visit, what.Attempt, Encoding.UTF8.GetBytes(output)));
    }

    /// <summary>A call fails.</summary>
    public GoldenScript Fails(string error, string? cause, int call = 0)
    {
        var what = Execution.Outstanding[call];
        return Does(new ExecutionCommand.FailTask(what.Scope, what.Visit, what.Attempt, error, cause));
    }

    /// <summary>Time passes.</summary>
    public GoldenScript After(int seconds)
    {
        _now += seconds * 1000L;
        return Does(ExecutionCommand.GoOn.Instance);
    }

    public GoldenScript Does(ExecutionCommand command)
    {
        var decision = ExecutionDecider.Decide(Execution, command, new DecisionContext(_now, Seed: 1, Limits.Default));
        Execution = decision.Execution;
        if (decision.Events.Length > 0)
            _rows.Add(Convert.ToBase64String(_codec.Encode(decision.Events)));
        return this;
    }

    public GoldenJournal Journal() => GoldenJournal.Of(_machine, _rows);
}
