namespace Cluster.Node.Tasks.Lambda;

/// <summary>What is to be done about a call.</summary>
internal abstract record CallPlan
{
    private CallPlan()
    {
    }

    /// <summary>How long it may last.</summary>
    public abstract TimeSpan Timeout { get; }

    /// <summary>Call a function.</summary>
    /// <param name="Request">The call in Lambda's terms.</param>
    /// <param name="Function">Where and how.</param>
    public sealed record Invoke(FunctionRequest Request, RegisteredFunction Function) : CallPlan
    {
        /// <inheritdoc/>
        public override TimeSpan Timeout => Function.Timeout;
    }

    /// <summary>Answer with a failure, since the call cannot be made.</summary>
    /// <param name="Failure">The outcome.</param>
    public sealed record Refuse(TaskOutcome.Failed Failure) : CallPlan
    {
        /// <inheritdoc/>
        public override TimeSpan Timeout => TaskSettings.LongestCall;
    }
}
