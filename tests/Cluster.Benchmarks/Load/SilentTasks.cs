using Cluster.Node.Tasks;

namespace Cluster.Benchmarks.Load;

/// <summary>Calls that are never answered: their executions stay where they are.</summary>
internal sealed class SilentTasks : ITaskRunner
{
    public void Start(TaskCall call, ITaskReply reply)
    {
    }

    public void Cancel(in TaskKey key)
    {
    }

    public bool MayResend(TaskCall call) => false;
}
