namespace Cluster.Node.Tasks.Lambda;

/// <summary>What came back from a function's place.</summary>
internal abstract record FunctionAnswer
{
    private FunctionAnswer()
    {
    }

    /// <summary>An answer in Lambda's terms.</summary>
    /// <param name="Status">The HTTP status.</param>
    /// <param name="Headers">The headers that Lambda knows.</param>
    /// <param name="Body">The body, complete.</param>
    public sealed record Response(int Status, AnswerHeaders Headers, ReadOnlyMemory<byte> Body) : FunctionAnswer
    {
        /// <summary>Whether the body is known to be JSON, so that nobody needs to look.</summary>
        public bool IsKnownJson { get; init; }
    }

    /// <summary>There is no answer, or none that can be taken.</summary>
    /// <param name="Failure">The outcome of the call.</param>
    public sealed record None(TaskOutcome.Failed Failure) : FunctionAnswer;
}
