using Cluster.Node.Actors;
using Cluster.Node.Sharding;
using Cluster.Protocol.Nodes;

namespace Cluster.Node.Tests.Simulation.Sabotages;

/// <summary>
/// A renewal that fails because its connection broke is made again without telling that the node was not present for a moment, and the store does
/// not tell how long it has been up: either would be enough where the store has started anew.
/// </summary>
internal sealed class RenewedUntold : Sabotage
{
    internal override double StoreRestarts => 0.03;

    internal override IRegisterPort Register(IRegisterPort register, TimeSpan lease) => new Repeating(register);

    private sealed class Repeating(IRegisterPort register) : IRegisterPort
    {
        public void Ask(RegisterRequest request, ActorRef replyTo) =>
            register.Ask(request, request is RegisterRequest.Renew ? new Once(register, replyTo) : replyTo);
    }

    private sealed class Once(IRegisterPort register, ActorRef replyTo) : ActorRef
    {
        public override string Name => replyTo.Name;

        public override void Tell(object message, ActorRef? sender = null)
        {
            if (message is RegisterAnswer.Failed { Reason: SimulatedRegister.Broken } failed)
                register.Ask(failed.Request, replyTo);
            else if (message is RegisterAnswer.Renewed renewed)
                replyTo.Tell(renewed with { View = renewed.View with { StoreUp = TimeSpan.MaxValue } }, sender);
            else
                replyTo.Tell(message, sender);
        }
    }
}
