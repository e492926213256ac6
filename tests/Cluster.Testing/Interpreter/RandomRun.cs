using System.Text;
using Cluster.Asl.Interpreter;

namespace Cluster.Testing.Interpreter;

/// <summary>One decision of a run.</summary>
/// <param name="Before">The execution before.</param>
/// <param name="Command">The command.</param>
/// <param name="Context">What the decision knew.</param>
/// <param name="Decision">What followed.</param>
public sealed record RunStep(Execution Before, ExecutionCommand Command, DecisionContext Context, Decision Decision);

/// <summary>
/// A machine by chance and commands by chance, in whatever phase: answers that come late, twice or for nobody, stops, and time. Half of the
/// runs run their branches apart: those that are ready are run and accepted in any order, some twice, some after their scope is gone.
/// </summary>
public sealed class RandomRun
{
    private const int MaxSteps = 80;

    private static readonly string[] Answers =
    [
        "{}", "{\"a\":{\"b\":2},\"n\":1,\"l\":[1,2],\"t\":\"2023-11-14T22:13:50Z\"}", "5", "[]",
        "{\"a\":{\"x\":{\"l\":[3]},\"b\":[]},\"n\":3,\"l\":[{\"n\":2,\"l\":[1,2,3]},\"x\",{},null]}",
        "\"\\ud800 half\"", "no json", "", "1e400", "{\"n\":-1}",
    ];

    /// <summary>How many of the answers may be inputs, too.</summary>
    private const int Inputs = 5;

    private readonly Random _random;
    private readonly bool _isGentle;
    private readonly Limits _limits;
    private readonly BranchPool _pool;
    private readonly List<OutstandingCall> _past = [];
    private long _now = 1_700_000_000_000;

    /// <param name="seed">The seed.</param>
    /// <param name="withBranches">Whether the machine may have Parallel and Map.</param>
    public RandomRun(int seed, bool withBranches = true)
    {
        _random = new Random(seed);
        _isGentle = _random.Next(4) != 0;
        (Text, var definition) = new RandomMachine(_random, _isGentle) { Nesting = withBranches ? RandomMachine.ShallowNesting : 0 }.Next();
        Start = Execution.Empty(definition);
        BranchesApart = _random.Next(2) == 0;
        _pool = new BranchPool(_random);
        _limits = new Limits
        {
            DecisionEvents = _random.Next(4) == 0 ? _random.Next(1, 6) : 256,
            PayloadBytes = _random.Next(6) == 0 ? 60 : Limits.DefaultPayloadBytes,
            HistoryEvents = _random.Next(4) == 0 ? _random.Next(3, 60) : 600,
        };
    }

    /// <summary>The machine's definition.</summary>
    public string Text { get; }

    /// <summary>The execution before its first event.</summary>
    public Execution Start { get; }

    /// <summary>Whether branches are run apart.</summary>
    public bool BranchesApart { get; }

    /// <summary>How many events a history may have.</summary>
    public long HistoryLimit => _limits.HistoryEvents;

    /// <summary>The decisions, from the start on.</summary>
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
                TraceHeader = _random.Next(2) == 0 ? "trace" : null,
                RevisionId = _random.Next(2) == 0 ? "revision" : null,
            },
            Payload.OfText(Encoding.UTF8.GetBytes(Input())));
        for (var i = 0; i < MaxSteps; i++)
        {
            var context = new DecisionContext(_now, (ulong)_random.NextInt64(), _limits, BranchesApart);
            var decision = ExecutionDecider.Decide(execution, command, context);
            yield return new RunStep(execution, command, context, decision);
            execution = decision.Execution;
            _pool.Add(decision.Ready);
            _past.AddRange(decision.Effects.OfType<Effect.Call>().Select(effect => effect.What));
            command = Next(execution);
        }
    }

    private string Input() => _isGentle && _random.Next(10) != 0 ? Rich() : _random.Next(4) == 0 ? "{ \"n\" : 2 }" : Answers[_random.Next(Inputs)];

    private string Rich() => Answers[_random.Next(2) == 0 ? 1 : 4];

    private ExecutionCommand Next(Execution execution)
    {
        // Mostly what would come, at its time; now and then anything else. The clock may go back a little.
        if (_random.Next(3) == 0)
            _now += _random.Next(-50, 3000);
        if (_random.Next(20) == 0)
            return Anything(execution);
        if (BranchesApart && _random.Next(8) != 0
            && _pool.Next(execution, new DecisionContext(_now, (ulong)_random.NextInt64(), _limits, BranchesApart: true)) is { } decided)
        {
            return new ExecutionCommand.Accept(decided);
        }

        if (execution.Outstanding is { Count: > 0 } calls && _random.Next(6) != 0)
            return Answer(calls[_random.Next(calls.Count)]);
        if (!execution.IsRunnable && execution.WakeAt is { } due)
            _now = Math.Max(_now, due + _random.Next(0, 3));
        return ExecutionCommand.GoOn.Instance;
    }

    private ExecutionCommand Answer(OutstandingCall call) => Answer(call.Scope, call.Visit, call.Attempt);

    private ExecutionCommand Answer(string scope, long visit, int attempt) => _random.Next(5) == 0
        ? new ExecutionCommand.FailTask(scope, visit, attempt, _random.Next(6) == 0 ? null : _random.Next(2) == 0 ? "E" : "F\ud800", _random.Next(2) == 0 ? null : "why")
        : new ExecutionCommand.CompleteTask(scope, visit, attempt, Encoding.UTF8.GetBytes(_isGentle && _random.Next(12) != 0 ? Rich() : Answers[_random.Next(Answers.Length)]));

    private ExecutionCommand Anything(Execution execution) => _random.Next(12) switch
    {
        0 => new ExecutionCommand.Stop(_random.Next(2) == 0 ? null : "stopped\udc00", "cause"),
        1 => Answer("", (execution.Root?.Visit ?? 1) - 1, 0),
        2 => Answer("", execution.Root?.Visit ?? 1, (execution.Root?.Attempt ?? 0) + 1),
        3 or 4 or 7 when _past.Count > 0 => Answer(_past[_random.Next(_past.Count)]),
        5 => Answer("/1.0.7/2.0.0", 1, 0),
        6 => new ExecutionCommand.FailTask("no such scope", 1, 0, "E", Cause: null),
        _ => ExecutionCommand.GoOn.Instance,
    };
}
