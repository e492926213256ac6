using System.Text;
using Cluster.Asl.Interpreter;
using Cluster.Asl.Parsing;
using Cluster.Testing.Interpreter;

namespace Cluster.Node.Tests.Executions;

/// <summary>A machine with branches, taken through its phases by chance: answers in any order, branches run apart or not, decisions cut short.</summary>
internal sealed class BranchRun
{
    private const int MaxSteps = 120;

    private static readonly string[] Errors = ["Busy", "Again", "Broken"];

    private readonly Random _random;
    private readonly string _input;
    private readonly bool _apart;
    private readonly Limits _limits;
    private readonly List<Scope> _ready = [];
    private long _now = 1_790_000_000_000;

    public BranchRun(int seed)
    {
        _random = new Random(seed);
        (Text, _input) = BranchMachines.All[seed % BranchMachines.All.Count];
        Start = Execution.Empty(DefinitionParser.Parse(Encoding.UTF8.GetBytes(Text)).Definition
            ?? throw new InvalidOperationException(string.Join(" ", DefinitionParser.Parse(Encoding.UTF8.GetBytes(Text)).Diagnostics)));
        _apart = _random.Next(2) == 0;
        _limits = new Limits { DecisionEvents = _random.Next(2) == 0 ? _random.Next(1, 6) : 256 };
    }

    public string Text { get; }

    public Execution Start { get; }

    public IEnumerable<RunStep> Steps()
    {
        var execution = Start;
        ExecutionCommand command = new ExecutionCommand.Start(
            new ExecutionStart
            {
                ExecutionArn = "arn:e",
                Name = "e",
                StateMachineArn = "arn:m",
                StateMachineName = "m",
                RoleArn = "arn:r",
                DefinitionHash = "00",
            },
            Payload.OfText(Encoding.UTF8.GetBytes(_input)));
        for (var i = 0; i < MaxSteps && !execution.IsClosed; i++)
        {
            var context = new DecisionContext(_now, (ulong)_random.NextInt64(), _limits, _apart);
            var decision = ExecutionDecider.Decide(execution, command, context);
            yield return new RunStep(execution, command, context, decision);
            execution = decision.Execution;
            command = Next(execution, context);
        }
    }

    private ExecutionCommand Next(Execution execution, in DecisionContext context)
    {
        _ready.Clear();
        _ready.AddRange(_apart ? execution.Ready : []);
        if (_ready.Count > 0 && _random.Next(4) != 0)
            return new ExecutionCommand.Accept(ScopeDecider.Run(_ready[_random.Next(_ready.Count)], execution, context));
        if (execution.IsRunnable && _random.Next(4) != 0)
            return ExecutionCommand.GoOn.Instance;
        if (execution.Outstanding is { Count: > 0 } calls)
        {
            var call = calls[_random.Next(calls.Count)];
            return _random.Next(6) == 0
                ? new ExecutionCommand.FailTask(call.Scope, call.Visit, call.Attempt, Errors[_random.Next(Errors.Length)], "why")
                : new ExecutionCommand.CompleteTask(call.Scope, call.Visit, call.Attempt, Encoding.UTF8.GetBytes($"[{_random.Next(9)}]"));
        }

        if (execution.WakeAt is { } due)
            _now = Math.Max(_now, due);
        return ExecutionCommand.GoOn.Instance;
    }
}
