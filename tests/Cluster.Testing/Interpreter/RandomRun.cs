using System.Text;
using Cluster.Asl.Interpreter;

namespace Cluster.Testing.Interpreter;

/// <summary>One decision of a run.</summary>
/// <param name="Before">The execution before.</param>
/// <param name="Command">The command.</param>
/// <param name="Context">What the decision knew.</param>
/// <param name="Decision">What followed.</param>
public sealed record RunStep(Execution Before, ExecutionCommand Command, DecisionContext Context, Decision Decision);

/// <summary>A machine by chance and commands by chance, in whatever phase: answers that come late, twice or for nobody, stops, and time.</summary>
public sealed class RandomRun
{
    private const int MaxSteps = 60;

    private static readonly string[] Answers =
        ["{}", "{\"a\":{\"b\":2},\"n\":1,\"l\":[1,2],\"t\":\"2023-11-14T22:13:50Z\"}", "5", "[]", "\"\\ud800 half\"", "no json", "", "1e400", "{\"n\":-1}"];

    private readonly Random _random;
    private readonly Limits _limits;
    private long _now = 1_700_000_000_000;

    public RandomRun(int seed)
    {
        _random = new Random(seed);
        (Text, var definition) = new RandomMachine(_random).Next();
        Start = Execution.Empty(definition);
        _limits = new Limits
        {
            DecisionEvents = _random.Next(4) == 0 ? _random.Next(1, 6) : 256,
            PayloadBytes = _random.Next(4) == 0 ? 60 : Limits.DefaultPayloadBytes,
            HistoryEvents = _random.Next(3) == 0 ? _random.Next(3, 40) : 400,
        };
    }

    /// <summary>The machine's definition.</summary>
    public string Text { get; }

    /// <summary>The execution before its first event.</summary>
    public Execution Start { get; }

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
            Payload.OfText(Encoding.UTF8.GetBytes(_random.Next(3) == 0 ? "{ \"n\" : 2 }" : Answers[_random.Next(5)])));
        for (var i = 0; i < MaxSteps; i++)
        {
            var context = new DecisionContext(_now, (ulong)_random.NextInt64(), _limits);
            var decision = ExecutionDecider.Decide(execution, command, context);
            yield return new RunStep(execution, command, context, decision);
            execution = decision.Execution;
            command = Next(execution);
        }
    }

    private ExecutionCommand Next(Execution execution)
    {
        // Mostly what would come, at its time; now and then anything else. The clock may go back a little.
        if (_random.Next(3) == 0)
            _now += _random.Next(-50, 3000);
        if (_random.Next(10) == 0)
            return Anything(execution);
        if (execution.Outstanding is { Count: > 0 } calls && _random.Next(5) != 0)
            return Answer(calls[_random.Next(calls.Count)]);
        if (!execution.IsRunnable && execution.WakeAt is { } due)
            _now = Math.Max(_now, due + _random.Next(0, 3));
        return ExecutionCommand.GoOn.Instance;
    }

    private ExecutionCommand Answer(OutstandingCall call) => Answer(call.Scope, call.Visit, call.Attempt);

    private ExecutionCommand Answer(string scope, long visit, int attempt) => _random.Next(3) == 0
        ? new ExecutionCommand.FailTask(scope, visit, attempt, _random.Next(6) == 0 ? null : _random.Next(2) == 0 ? "E" : "F\ud800", _random.Next(2) == 0 ? null : "why")
        : new ExecutionCommand.CompleteTask(scope, visit, attempt, Encoding.UTF8.GetBytes(Answers[_random.Next(Answers.Length)]));

    private ExecutionCommand Anything(Execution execution) => _random.Next(6) switch
    {
        0 => new ExecutionCommand.Stop(_random.Next(2) == 0 ? null : "stopped\udc00", "cause"),
        1 => Answer("", (execution.Root?.Visit ?? 1) - 1, 0),
        2 => Answer("", execution.Root?.Visit ?? 1, (execution.Root?.Attempt ?? 0) + 1),
        _ => ExecutionCommand.GoOn.Instance,
    };
}
