using Cluster.Node.Actors;
using Cluster.Node.Journal;
using Cluster.Node.Sharding;
using Cluster.Protocol.Nodes;

namespace Cluster.Node.Tests.Simulation;

/// <summary>
/// The way of one life to the register, over a connection that can break: one request at a time, each answered once. A request that failed
/// may have been carried out.
/// </summary>
internal sealed class SimulatedRegister(World world, NodeLife life) : IRegisterPort
{
    private static readonly TimeSpan QuickTravel = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan SlowTravel = TimeSpan.FromSeconds(4);

    /// <summary>After how long a connection that says nothing is given up.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1.5);

    /// <summary>Why a request fails whose connection has broken.</summary>
    internal const string Broken = "simulated break";

    private readonly IClusterRegister _register = world.Store.RegisterOf(life.Number);
    private readonly Queue<(RegisterRequest Request, ActorRef ReplyTo)> _waiting = new();
    private bool _asking;
    private (RegisterRequest Request, ActorRef ReplyTo)? _asked;
    private int _connection;
    private bool _isBroken;
    private bool _hasLossToTell;

    public void Ask(RegisterRequest request, ActorRef replyTo)
    {
        if (!life.IsAlive)
            return;
        _waiting.Enqueue((request, replyTo));
        Next();
    }

    /// <summary>The connection breaks: the store sees it, and the node as soon as it looks.</summary>
    internal void Break()
    {
        world.Store.CutOff(life.Number);
        _connection++;
        _hasLossToTell = true;
        if (_asked is { } asked)
            Fail(asked.Request, asked.ReplyTo, TimeSpan.Zero, Broken);
        else
            _isBroken = true;
    }

    /// <summary>The connection breaks, and something that is no request finds that out and makes another.</summary>
    internal void BreakUnseen()
    {
        if (_asked is not null)
        {
            Break();
            return;
        }

        world.Store.CutOff(life.Number);
        _connection++;
        _hasLossToTell = true;
    }

    private void Next()
    {
        if (_asking || !_waiting.TryDequeue(out var next))
            return;
        _asking = true;
        _asked = next;
        var (request, replyTo) = next;
        var connection = _connection;
        if (_isBroken || (_hasLossToTell && request is RegisterRequest.Renew))
        {
            _isBroken = false;
            Fail(request, replyTo, TimeSpan.Zero, Broken);
        }
        else if (world.Faults.Strikes(FaultKind.RegisterFailed, 0.004))
        {
            Fail(request, replyTo, world.Network.Travel());
        }
        else
        {
            world.Agenda.In(Travel() + world.StallTime, () =>
            {
                if (connection == _connection)
                    Arrive(request, replyTo);
            });
        }
    }

    private void Arrive(RegisterRequest request, ActorRef replyTo)
    {
        if (world.Network.IsCut(life.Node, Network.Store))
        {
            Fail(request, replyTo, Timeout);
            return;
        }

        var answer = World.Now(_register.AskAsync(request, CancellationToken.None));
        world.Register.Asked(request, answer);
        world.Stepped(life, "register", $"{life.Number}", $"{request.GetType().Name} {answer.GetType().Name}");
        if (world.Network.IsCut(Network.Store, life.Node) || world.Faults.Strikes(FaultKind.RegisterAnswerLost, 0.004))
            Fail(request, replyTo, Timeout);
        else
            Later(Travel(), answer, replyTo);
    }

    private void Fail(RegisterRequest request, ActorRef replyTo, TimeSpan after, string reason = "simulated")
    {
        _hasLossToTell &= request is not RegisterRequest.Renew;
        Later(after, new RegisterAnswer.Failed(request, reason), replyTo);
    }

    private void Later(TimeSpan after, RegisterAnswer answer, ActorRef replyTo)
    {
        var connection = _connection;
        world.Agenda.In(after, () => life.Do(() =>
        {
            if (connection == _connection)
                Answer(answer, replyTo);
        }));
    }

    private void Answer(RegisterAnswer answer, ActorRef replyTo)
    {
        _asking = false;
        _asked = null;
        world.Stepped(life, "registered", $"{life.Number}", answer.GetType().Name);
        if (!life.IsAlive)
            return;
        replyTo.Tell(answer);
        Next();
    }

    private TimeSpan Travel() =>
        world.Faults.Dice(FaultKind.RegisterLate, 0.01) is { } dice ? dice.Span(QuickTravel, SlowTravel) : world.Network.Travel();
}
