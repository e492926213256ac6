using Cluster.Node.Tasks.StepFunctions;

namespace Cluster.Node.Tasks;

/// <summary>Gives each call to whoever makes calls of its kind.</summary>
/// <param name="starts">Starts executions.</param>
/// <param name="actions">Asks for operations of Step Functions itself.</param>
/// <param name="others">Makes all other calls.</param>
public sealed class IntegrationRunner(StartExecutionRunner starts, SdkActionRunner actions, ITaskRunner others) : ITaskRunner
{
    /// <inheritdoc/>
    public void Start(TaskCall call, ITaskReply reply) => Of(call).Start(call, reply);

    /// <inheritdoc/>
    public void Cancel(in TaskKey key)
    {
        // None minds a call that is not its own.
        starts.Cancel(key);
        actions.Cancel(key);
        others.Cancel(key);
    }

    /// <inheritdoc/>
    public bool MayResend(TaskCall call) => Of(call).MayResend(call);

    private ITaskRunner Of(TaskCall call) =>
        StartExecutionRunner.Takes(call.Resource) ? starts
        : SdkActionRunner.Takes(call.Resource) ? actions
        : others;
}
