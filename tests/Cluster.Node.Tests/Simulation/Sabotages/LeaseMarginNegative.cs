using Cluster.Node.Actors;
using Cluster.Node.Sharding;
using Cluster.Protocol.Nodes;

namespace Cluster.Node.Tests.Simulation.Sabotages;

/// <summary>A node takes its renewal for later than it was: it trusts its lease beyond its end.</summary>
internal sealed class LeaseMarginNegative : Sabotage
{
    internal override IRegisterPort Register(IRegisterPort register, TimeSpan lease) => new Trusting(register, lease);

    private sealed class Trusting(IRegisterPort register, TimeSpan lease) : IRegisterPort
    {
        public void Ask(RegisterRequest request, ActorRef replyTo) => register.Ask(request, new Later(replyTo, lease));
    }

    private sealed class Later(ActorRef replyTo, TimeSpan lease) : ActorRef
    {
        public override string Name => replyTo.Name;

        public override void Tell(object message, ActorRef? sender = null) => replyTo.Tell(
            message is RegisterAnswer.Renewed renewed
                ? renewed with { Request = renewed.Request with { SentAt = renewed.Request.SentAt + lease.Ticks } }
                : message,
            sender);
    }
}
