using Cluster.Node.Journal;

namespace Cluster.Node.Tests.Simulation.Sabotages;

/// <summary>Appends that are handed on with something changed.</summary>
internal static class Appends
{
    /// <summary>The same append, whose outcome goes elsewhere.</summary>
    internal static AppendRequest Redirected(this AppendRequest request, Action<AppendOutcome> reply, long? epoch = null, bool withName = true) =>
        request with { Epoch = epoch ?? request.Epoch, Name = withName ? request.Name : null, Reply = new Held(reply) };

    private sealed class Held(Action<AppendOutcome> reply) : IAppendReply
    {
        public void Answered(AppendRequest request, in AppendOutcome outcome) => reply(outcome);
    }
}
