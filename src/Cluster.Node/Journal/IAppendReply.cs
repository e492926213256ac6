namespace Cluster.Node.Journal;

/// <summary>Where the outcome of an append goes.</summary>
public interface IAppendReply
{
    /// <summary>The append was answered.</summary>
    void Answered(AppendRequest request, in AppendOutcome outcome);
}
