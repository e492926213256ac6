using System.Security.Cryptography;
using System.Text;
using Cluster.Asl.Interpreter;
using Cluster.Node.Executions;
using Cluster.Node.Journal;
using Cluster.Node.Sharding;

namespace Cluster.Node.Tests.Simulation;

/// <summary>Clients: they start executions, some twice, some under a taken name, try again when they were not answered, and stop some.</summary>
internal sealed class Workload
{
    internal const string Account = "123456789012";
    internal const string Region = "us-east-1";

    private const int MachineCount = 12;
    private const int FewestExecutions = 110;
    private const int StopsAtOnce = 4;
    private const int MostExecutions = 140;

    private static readonly TimeSpan StartingTime = TimeSpan.FromSeconds(45);

    /// <summary>A client that was not answered for so long gives up; without a crash in between that is a fault.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly World _world;
    private readonly SimulationRandom _random;
    private readonly List<ClientStart> _starts = [];
    private int _open;

    internal Workload(World world, SimulationRandom random)
    {
        _world = world;
        _random = random;
        var generator = new MachineGenerator(random.Fork());
        Machines = [.. Enumerable.Range(0, MachineCount).Select(i => SimulatedMachine.Parse($"machine-{i}", generator.Next()))];
    }

    internal IReadOnlyList<SimulatedMachine> Machines { get; }

    internal IReadOnlyList<ClientStart> Starts => _starts;

    /// <summary>Nobody waits for an answer and every execution has ended.</summary>
    internal bool IsOver => _open == 0 && _world.Node is not null && Machines.All(machine => World.Now(_world.Store.ListAsync(
        Account, Region, machine.Name, ExecutionStatus.Running, after: null, 1, CancellationToken.None)).Count == 0);

    internal void Plan()
    {
        var count = _random.Between(FewestExecutions, MostExecutions);
        for (var i = 0; i < count; i++)
        {
            var start = new ClientStart(_random.Of([.. Machines]), $"run-{i}", Input());
            var at = _random.Span(TimeSpan.Zero, StartingTime);
            In(at, () => Send(start));
            if (_random.Chance(0.15))
                In(at + _random.Span(TimeSpan.Zero, TimeSpan.FromSeconds(3)), () => Send(start.Again()));
            if (_random.Chance(0.1))
                In(at + _random.Span(TimeSpan.Zero, TimeSpan.FromSeconds(3)), () => Send(new ClientStart(start.Machine, start.Name, """{"n":3,"other":1}""")));
            if (_random.Chance(0.1))
                In(at + _random.Span(TimeSpan.Zero, TimeSpan.FromSeconds(20)), () => Stop(start));

            if (_random.Chance(0.2))
                StopOften(start, at + TimeSpan.FromSeconds(_random.Between(0, 9)));
        }
    }

    private string Input() =>
        $$"""{"n": {{_random.Below(10)}}, "w": {{_random.Below(8)}}, "who": "Zoë {{_random.Below(1000)}}", "items": [{{string.Join(", ", Items())}}]}""";

    /// <summary>What Maps iterate over: now and then more than run at a time.</summary>
    private IEnumerable<int> Items() => Enumerable.Range(0, _random.Chance(0.003) ? 45 : _random.Below(4));

    private void In(TimeSpan delay, Action what)
    {
        _open++;
        _world.Agenda.In(delay, () =>
        {
            _open--;
            what();
        });
    }

    private void Send(ClientStart start)
    {
        if (_world.Node is not { } node)
        {
            In(_random.Span(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(2)), () => Send(start));
            return;
        }

        _starts.Add(start);
        _open++;
        var client = new Client(_world, node.Life, start.Name, answer => StartAnswered(start, answer));
        client.GiveUpAfter(Patience);
        node.Region.Tell(start.Message(), client);
    }

    private void StartAnswered(ClientStart start, object? answer)
    {
        _open--;
        switch (answer)
        {
            case ExecutionAnswer.Started started:
                start.StartDate = started.StartDate;
                _world.Invariants.Acknowledged(start);
                break;
            case ExecutionAnswer.NameTaken taken:
                _world.Invariants.Refused(start, taken.Holder);
                break;
            case ExecutionAnswer.Refused or ExecutionAnswer.Unavailable or StartLost or null:
                if (answer is StartLost)
                    _world.Faults.Passed(Landmark.StartLost);
                if (_random.Chance(0.7))
                    In(_random.Span(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(2)), () => Send(start.Again()));
                break;
            default:
                _world.Invariants.Violated($"{start.Name}: a start was answered with {answer}");
                break;
        }
    }

    /// <summary>
    /// Some stops at nearly one time: the later ones meet an actor that is ending. Most things happen whole seconds after a start, when
    /// waits end and calls are too late; that is where they aim.
    /// </summary>
    private void StopOften(ClientStart start, TimeSpan at)
    {
        for (var i = 0; i < StopsAtOnce; i++)
            In(at + _random.Span(TimeSpan.Zero, TimeSpan.FromMilliseconds(60)), () => Stop(start));
    }

    private void Stop(ClientStart start)
    {
        var row = World.Now(_world.Store.FindAsync(Account, Region, start.Machine.Name, start.Name, CancellationToken.None));
        if (_world.Node is not { } node || row is null)
            return;
        _open++;
        var client = new Client(_world, node.Life, row.Id.ToString(), answer =>
        {
            _open--;
            _world.Invariants.Stopped(row.Id, answer);
        });
        client.GiveUpAfter(Patience);
        node.Region.Tell(new ToEntity(row.Id, new RunCommand(new ExecutionCommand.Stop("Enough", "The client lost interest"))), client);
    }
}

/// <summary>A start as a client sends it.</summary>
internal sealed record ClientStart(SimulatedMachine Machine, string Name, string Input)
{
    /// <summary>When the execution started, once that was acknowledged to this client.</summary>
    internal long? StartDate { get; set; }

    internal ClientStart Again() => new(Machine, Name, Input);

    internal StartEntity Message()
    {
        var utf8 = Encoding.UTF8.GetBytes(Input);
        var machine = $"arn:aws:states:{Workload.Region}:{Workload.Account}:stateMachine:{Machine.Name}";
        var start = new ExecutionStart
        {
            ExecutionArn = $"arn:aws:states:{Workload.Region}:{Workload.Account}:execution:{Machine.Name}:{Name}",
            Name = Name,
            StateMachineArn = machine,
            StateMachineName = Machine.Name,
            RoleArn = $"arn:aws:iam::{Workload.Account}:role/simulated",
            DefinitionHash = Convert.ToHexStringLower(Machine.Hash),
        };
        return new StartEntity(
            new EntityName(Workload.Account, Workload.Region, Machine.Name, Name),
            new StartExecution(start, Payload.OfText(utf8), SHA256.HashData(utf8), Machine.Definition, Machine.Hash));
    }
}
