using System.Text;
using Cluster.Asl.Interpreter;

namespace Cluster.Testing.Interpreter;

/// <summary>
/// An execution whose branches are run apart and whose calls are answered in an order by chance: early, late, twice, and after the end.
/// </summary>
/// <param name="seed">The seed.</param>
/// <param name="start">The execution before its first event.</param>
/// <param name="input">Its input.</param>
/// <param name="answer">What a call is answered with.</param>
public sealed class Interleaving(int seed, Execution start, string input, Func<OutstandingCall, Random, ExecutionCommand> answer)
{
    private readonly Random _random = new(seed);
    private readonly List<OutstandingCall> _calls = [];
    private BranchPool? _pool;
    private long _now = 1_700_000_000_000;

    /// <summary>The execution as it is now.</summary>
    public Execution Execution { get; private set; } = start;

    /// <summary>What happened.</summary>
    public List<ExecutionEvent> Events { get; } = [];

    /// <summary>Reports that came when nobody waited for them.</summary>
    public int Late { get; private set; }

    /// <summary>Goes on until the execution has ended, or so many steps are done; then all that is late comes.</summary>
    public void Run(int mostSteps)
    {
        _pool = new BranchPool(_random);
        var what = new ExecutionStart
        {
            ExecutionArn = "arn:e",
            Name = "e",
            StateMachineArn = "arn:m",
            StateMachineName = "m",
            RoleArn = "arn:r",
            DefinitionHash = "00",
        };
        Decide(new ExecutionCommand.Start(what, Payload.OfText(Encoding.UTF8.GetBytes(input))));
        for (var i = 0; i < mostSteps && !Execution.IsClosed; i++)
            Decide(Next());

        // What is still on its way comes after the end, and changes nothing.
        var last = Execution;
        foreach (var call in Execution.IsClosed ? _calls.ToArray() : [])
            Decide(answer(call, _random));
        if (!ReferenceEquals(last, Execution) && last.IsClosed)
            throw new InvalidOperationException("What came after the end changed something.");
    }

    private void Decide(ExecutionCommand command)
    {
        var decision = ExecutionDecider.Decide(
            Execution, command, new DecisionContext(_now, (ulong)_random.NextInt64(), Limits.Default, BranchesApart: true));
        Execution = decision.Execution;
        Events.AddRange(decision.Events);
        _pool!.Add(decision.Ready);
        _calls.AddRange(decision.Effects.OfType<Effect.Call>().Select(effect => effect.What));
        if (decision.Reply != CommandReply.Done)
            Late++;
    }

    private ExecutionCommand Next()
    {
        _now += _random.Next(0, 200);
        if (_random.Next(2) == 0
            && _pool!.Next(Execution, new DecisionContext(_now, (ulong)_random.NextInt64(), Limits.Default, BranchesApart: true)) is { } decided)
        {
            return new ExecutionCommand.Accept(decided);
        }

        // Calls are answered in any order; now and then one that was given up, or once more one that was answered.
        if (_calls.Count > 0 && _random.Next(4) != 0)
        {
            var at = _random.Next(_calls.Count);
            var call = _calls[at];
            if (_random.Next(5) != 0)
                _calls.RemoveAt(at);
            return answer(call, _random);
        }

        if (!Execution.IsRunnable && Execution.Outstanding.Count == 0 && Execution.WakeAt is { } due)
            _now = Math.Max(_now, due);
        return ExecutionCommand.GoOn.Instance;
    }
}
