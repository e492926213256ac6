using System.Globalization;
using System.Text;
using Cluster.Asl.Interpreter;
using Cluster.Node.Sharding;
using Cluster.Protocol.Errors;

namespace Cluster.Node.Tests.Simulation.Workers;

/// <summary>
/// Whoever has a token: works for a while and says so now and then, then says how it went, until a node has heard it or tells that nobody
/// waits. Some die, are late, say it twice, or bend the token.
/// </summary>
/// <param name="world">The world.</param>
/// <param name="random">Chance.</param>
/// <param name="name">How it calls itself.</param>
/// <param name="token">The token.</param>
/// <param name="node">The node that it turns to first.</param>
internal sealed class TokenHolder(World world, SimulationRandom random, string name, string token, int node)
{
    /// <summary>More tries than any word needs in a world that heals.</summary>
    private const int MostTries = 200;

    /// <summary>How often it follows a name before it rests: two nodes may name each other while a shard moves.</summary>
    private const int MostHops = 3;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ShortPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan QuickWork = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan ShortWork = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongWork = TimeSpan.FromSeconds(9);

    private TimeSpan _heartbeat;
    private TimeSpan _doneAt;
    private bool _isSilent;
    private bool _isOver;
    private bool _wasSent;
    private int _node = node;

    internal void Begin()
    {
        world.TaskTokens.Received(token);
        if (world.TaskTokens.Find(token) is not { } attempt)
            return;
        _heartbeat = TimeSpan.FromSeconds(attempt.Scheduled.HeartbeatSeconds!.Value);
        if (world.Faults.Dice(FaultKind.TokenBent, 0.15) is { } bend)
            world.Agenda.In(bend.Span(TimeSpan.Zero, ShortWork), () => SayBent(bend));
        if (world.Faults.Strikes(FaultKind.HolderDied, 0.06))
            return;
        var work = random.Chance(0.3) ? random.Span(TimeSpan.Zero, QuickWork) : random.Span(TimeSpan.Zero, random.Chance(0.4) ? LongWork : ShortWork);
        if (world.Faults.Dice(FaultKind.HolderSilent, 0.06) is { } late)
        {
            _isSilent = true;
            work = _heartbeat + late.Span(TimeSpan.Zero, LongWork);
        }

        if (world.Faults.Dice(FaultKind.HolderDiedAtWork, 0.04) is { } death)
            world.Agenda.In(death.Span(TimeSpan.Zero, work), () => _isOver = true);
        _doneAt = world.Agenda.Elapsed + work;
        Go();
    }

    /// <summary>A heartbeat, or the word.</summary>
    private void Go()
    {
        if (_isOver)
            return;
        var left = _doneAt - world.Agenda.Elapsed;
        var beat = random.Span(_heartbeat * 0.1, _heartbeat * 0.5);
        if (left > beat && !_isSilent)
        {
            world.Agenda.In(beat, () =>
            {
                Beat();
                Go();
            });
            return;
        }

        world.Agenda.In(left, () =>
        {
            if (_isOver)
                return;
            Say(Word(), MostTries, again: true);
            if (world.Faults.Dice(FaultKind.WordTwice, 0.15) is { } twice)
                world.Agenda.In(twice.Span(TimeSpan.Zero, ShortWork), () => Say(Word(), MostTries, again: false));
        });
    }

    private void Beat()
    {
        if (_isOver)
            return;
        new WorkerCall(world, new TaskAsk.Beat(name, token), Patience, answer =>
        {
            Turn(answer);
            if (answer is AwsError { Code: "TaskTimedOut" } && random.Chance(0.7))
                _isOver = true;
        }).Send(_node);
    }

    private void Say(TaskAsk.Say word, int tries, bool again)
    {
        if (tries == 0)
        {
            world.Invariants.Violated($"{name} was never heard");
            return;
        }

        new WorkerCall(world, word, Patience, answer =>
        {
            var sent = Turn(answer);
            if (answer is TaskHeard)
            {
                if (tries < MostTries && _wasSent)
                    world.Faults.Passed(Landmark.AnsweredElsewhere);
                if (again && world.Faults.Strikes(FaultKind.WordRepeated, 0.1))
                    Say(word, tries - 1, again: false);
            }
            else if (answer is null or NotOwner or AwsError { Status: >= 500 })
            {
                world.Agenda.In(sent && tries % MostHops != 0 ? TimeSpan.Zero : random.Span(ShortPause, LongPause), () => Say(word, tries - 1, again));
            }
        }).Send(_node);
    }

    /// <summary>Where to turn next: to whom it was sent, or to anyone.</summary>
    private bool Turn(object? answer)
    {
        _wasSent = answer is TaskHeard && _wasSent;
        if (answer is NotOwner elsewhere && world.NodeAt(elsewhere) is { } owner)
        {
            _node = owner.Index;
            _wasSent = true;
            return true;
        }

        if (answer is null or NotOwner or AwsError { Status: >= 500 })
            _node = WorkerPool.Anyone(world, random);
        return false;
    }

    private TaskAsk.Say Word()
    {
        var number = world.TaskTokens.NextWord;
        var word = random.Chance(0.8)
            ? TaskWord.Success(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""{"n":{{random.Below(10)}},"w":{{random.Below(4)}},"word":{{number}}}""")))
            : TaskWord.Failure(random.Of("Declined", "OutOfStock"), string.Create(CultureInfo.InvariantCulture, $"word {number}"));
        var say = new TaskAsk.Say(name, token, word, number);
        world.TaskTokens.Says(say);
        return say;
    }

    private void SayBent(SimulationRandom bend)
    {
        var bent = TokenBender.Bend(token, bend);
        if (world.TaskTokens.Find(bent) is not null)
            return;
        world.TaskTokens.Bent(bent);
        var number = world.TaskTokens.NextWord;
        var say = new TaskAsk.Say($"{name}-bent", bent, TaskWord.Failure("Forged", cause: null), number);
        world.TaskTokens.Says(say);
        new WorkerCall(world, say, Patience, answer =>
        {
            if (answer is not (null or AwsError { Code: "InvalidToken" } or AwsError { Status: >= 500 }))
                world.Invariants.Violated($"{name} bent a token to {bent} and was told {answer}");
        }).Send(_node);
    }
}
