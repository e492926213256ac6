using Cluster.Node.Actors;

namespace Cluster.Node.Transport;

/// <summary>The sender of a request from outside the actors: the first message that it gets is the answer.</summary>
internal sealed class PromiseRef : ActorRef
{
    private readonly TaskCompletionSource<object> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <inheritdoc/>
    public override string Name => "promise";

    /// <summary>The answer.</summary>
    public Task<object> Answer => _answer.Task;

    /// <inheritdoc/>
    public override void Tell(object message, ActorRef? sender = null) => _answer.TrySetResult(message);
}
