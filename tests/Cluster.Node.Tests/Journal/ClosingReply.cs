using Cluster.Node.Journal;
using Xunit;

namespace Cluster.Node.Tests.Journal;

/// <summary>Closes a store where it tells of a commit, and keeps what that came to.</summary>
public sealed class ClosingReply(IDisposable store) : IAppendReply
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TaskCompletionSource<Exception?> _told = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<Exception?> Told => _told.Task.WaitAsync(Patience);

    public void Answered(AppendRequest request, in AppendOutcome outcome) => _told.SetResult(Record.Exception(store.Dispose));
}
