using Cluster.Node.Journal;
using Cluster.Protocol.Identity;

namespace Cluster.Benchmarks.Load;

/// <summary>A journal that tells what was answered, just before whoever asked hears of it. It adds nothing and keeps nothing back.</summary>
/// <param name="journal">The journal.</param>
/// <param name="appended">Told of each append that has committed.</param>
/// <param name="loaded">Told of each execution that was read back.</param>
internal sealed class WatchedJournal(IExecutionJournal journal, Action<AppendRequest>? appended = null, Action<ExecutionId>? loaded = null)
    : IExecutionJournal
{
    public void Append(AppendRequest request) =>
        journal.Append(appended is null ? request : request with { Reply = new Appending(request, appended) });

    public void Load(ExecutionId id, bool fromSnapshot, ILoadReply reply) =>
        journal.Load(id, fromSnapshot, loaded is null ? reply : new Loading(reply, loaded));

    private sealed class Appending(AppendRequest asked, Action<AppendRequest> appended) : IAppendReply
    {
        public void Answered(AppendRequest request, in AppendOutcome outcome)
        {
            if (outcome.Kind == AppendOutcomeKind.Appended)
                appended(asked);
            asked.Reply.Answered(asked, outcome);
        }
    }

    private sealed class Loading(ILoadReply reply, Action<ExecutionId> loaded) : ILoadReply
    {
        public void Loaded(ExecutionId id, LoadedExecution? execution)
        {
            loaded(id);
            reply.Loaded(id, execution);
        }

        public void LoadFailed(ExecutionId id, Exception reason) => reply.LoadFailed(id, reason);
    }
}
