using Cluster.Node.Actors;
using Cluster.Protocol.Nodes;

namespace Cluster.Node.Sharding;

/// <summary>The way to the register of nodes and shards, for actors.</summary>
public interface IRegisterPort
{
    /// <summary>Asks; the answer is a message of the family <see cref="RegisterAnswer"/>, always one, however late.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="replyTo">Who gets the answer.</param>
    void Ask(RegisterRequest request, ActorRef replyTo);
}
