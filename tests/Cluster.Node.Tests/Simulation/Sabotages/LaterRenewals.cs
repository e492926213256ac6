using Cluster.Node.Actors;
using Cluster.Node.Sharding;
using Cluster.Protocol.Nodes;

namespace Cluster.Node.Tests.Simulation.Sabotages;

/// <summary>A register to whose renewals a node gives a later time than that at which it sent them: so much longer it trusts its lease.</summary>
internal sealed class LaterRenewals(IRegisterPort register, TimeSpan by) : IRegisterPort
{
    public void Ask(RegisterRequest request, ActorRef replyTo) => register.Ask(request, new Later(replyTo, by));

    private sealed class Later(ActorRef replyTo, TimeSpan by) : ActorRef
    {
        public override string Name => replyTo.Name;

        public override void Tell(object message, ActorRef? sender = null) => replyTo.Tell(
            message is RegisterAnswer.Renewed renewed
                ? renewed with { Request = renewed.Request with { SentAt = renewed.Request.SentAt + by.Ticks } }
                : message,
            sender);
    }
}
