using Cluster.Node.Executions;
using Cluster.Node.Journal;
using Cluster.Node.Sharding;
using Cluster.Node.Tests.Simulation.Nested;

namespace Cluster.Node.Tests.Simulation;

/// <summary>
/// Clients: they start executions at any node, some twice, some under a taken name, try again when they were not answered, stop some, and
/// look at what they have started.
/// </summary>
internal sealed class Workload
{
    internal const string Account = "123456789012";
    internal const string Region = "us-east-1";

    private const int MachineCount = 12;
    private const int FewestExecutions = 170;
    private const int StopsAtOnce = 4;
    private const int MostExecutions = 200;

    private static readonly TimeSpan StartingTime = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan ShortPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongPause = TimeSpan.FromSeconds(2);

    private readonly World _world;
    private readonly SimulationRandom _random;
    private readonly List<ClientStart> _starts = [];
    private int _open;

    internal Workload(World world, SimulationRandom random)
    {
        _world = world;
        _random = random;
        var generator = new MachineGenerator(random.Fork());
        Machines = NestedCalls.WithParents(
            [.. Enumerable.Range(0, MachineCount).Select(i => SimulatedMachine.Parse($"machine-{i}", generator.Next()))], random.Fork());
    }

    internal IReadOnlyList<SimulatedMachine> Machines { get; }

    internal IReadOnlyList<ClientStart> Starts => _starts;

    /// <summary>Nobody waits for an answer and every execution has ended.</summary>
    internal bool IsOver => _open == 0 && _world.Invariants.Open == 0;

    internal void Plan()
    {
        var count = _random.Between(FewestExecutions, MostExecutions);
        for (var i = 0; i < count; i++)
        {
            var start = new ClientStart(_random.Of([.. Machines]), $"run-{i}", Input(), _world.Log.NextClient());
            var at = _random.Span(TimeSpan.Zero, StartingTime);
            In(at, () => Send(start));
            if (_random.Chance(0.15))
                In(at + _random.Span(TimeSpan.Zero, TimeSpan.FromSeconds(3)), () => Send(start.Again() with { Client = _world.Log.NextClient() }));
            if (_random.Chance(0.1))
                In(at + _random.Span(TimeSpan.Zero, TimeSpan.FromSeconds(3)), () => Send(new ClientStart(start.Machine, start.Name, """{"n":3,"other":1}""", _world.Log.NextClient())));
            if (_random.Chance(0.1))
                In(at + _random.Span(TimeSpan.Zero, TimeSpan.FromSeconds(20)), () => Stop(start));

            if (_random.Chance(0.2))
                StopOften(start, at + TimeSpan.FromSeconds(_random.Between(0, 9)));
        }
    }

    private string Input()
    {
        var items = Items();
        return $$"""{"n": {{_random.Below(10)}}, "w": {{_random.Below(8)}}, "who": "Zoë {{_random.Below(1000)}}", "items": [{{string.Join(", ", items)}}], "few": [{{string.Join(", ", items.Take(3))}}]}""";
    }

    /// <summary>What Maps iterate over: now and then more than run at a time; Maps inside take a few of them.</summary>
    private List<int> Items() => [.. Enumerable.Range(0, _random.Chance(0.003) ? 45 : _random.Below(4))];

    private void In(TimeSpan delay, Action what)
    {
        _open++;
        _world.Agenda.In(delay, () =>
        {
            _open--;
            what();
        });
    }

    /// <summary>Asks any node; the answer is null when none comes.</summary>
    private void Send(Ask ask, Action<object?> answered)
    {
        _open++;
        new ClientCall(_world, ask.About.Client, ask, answer =>
        {
            _open--;
            answered(answer);
        }).Send(Anyone());
    }

    /// <summary>Most clients know which nodes there are; some ask where nobody is.</summary>
    private int Anyone()
    {
        var there = _world.Slots.Where(slot => slot.IsPartOfCluster).Select(slot => slot.Index).ToArray();
        return there.Length == 0 || _random.Chance(0.03) ? _random.Below(_world.Slots.Count) : _random.Of(there);
    }

    private void Send(ClientStart start)
    {
        _starts.Add(start);
        Send(new Ask.Start(start), answer => StartAnswered(start, answer));
    }

    private void StartAnswered(ClientStart start, object? answer)
    {
        switch (answer)
        {
            case ExecutionAnswer.Started started:
                start.StartDate = started.StartDate;
                if (_random.Chance(0.5))
                    In(_random.Span(TimeSpan.Zero, LongPause), () => Look(start));
                break;
            case ExecutionAnswer.NameTaken:
                break;
            case ExecutionAnswer.Refused or ExecutionAnswer.Unavailable or StartLost or NotOwner or null:
                if (_random.Chance(0.9))
                    In(_random.Span(ShortPause, LongPause), () => Send(start.Again()));
                break;
            default:
                _world.Invariants.Violated($"{start.Name}: a client's start was answered with {answer}");
                break;
        }
    }

    /// <summary>Whoever knows that an execution has started finds it, at every node, as it was told.</summary>
    private void Look(ClientStart start) => Send(new Ask.Describe(start), answer =>
    {
        if (answer is not Described described)
            return;
        if (described.Row is not { } row)
            _world.Invariants.Violated($"{start.Name}: was acknowledged, and is not found");
        else if (row.StartDate != start.StartDate)
            _world.Invariants.Violated($"{start.Name}: acknowledged with start date {start.StartDate}, shown with {row.StartDate}");
        else if (start.SeenEnded is { } seen && (seen.Status, seen.StopDate) != (row.Status, row.StopDate))
            _world.Invariants.Violated($"{start.Name}: was seen as {seen.Status} {seen.StopDate}, and later as {row.Status} {row.StopDate}");
        else if (row.Status != ExecutionStatus.Running)
            start.SeenEnded = row;
        if (_random.Chance(0.6))
            In(_random.Span(ShortPause, LongPause + LongPause), () => Look(start));
    });

    /// <summary>
    /// Some stops at nearly one time: the later ones meet an actor that is ending. Most things happen whole seconds after a start, when
    /// waits end and calls are too late; that is where they aim.
    /// </summary>
    private void StopOften(ClientStart start, TimeSpan at)
    {
        for (var i = 0; i < StopsAtOnce; i++)
            In(at + _random.Span(TimeSpan.Zero, TimeSpan.FromMilliseconds(60)), () => Stop(start));
    }

    private void Stop(ClientStart start) => Send(new Ask.Stop(start with { Client = _world.Log.NextClient() }), _ => { });
}
