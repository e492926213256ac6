namespace Cluster.Node.Executions.Activities;

/// <summary>What a poll gets: the closed family.</summary>
public abstract record ActivityAnswer
{
    private ActivityAnswer()
    {
    }

    /// <summary>A task, whose start is durable.</summary>
    /// <param name="Token">Its token.</param>
    /// <param name="Input">Its input, JSON in UTF-8.</param>
    public sealed record Given(string Token, ReadOnlyMemory<byte> Input) : ActivityAnswer;

    /// <summary>None came in time.</summary>
    public sealed record Nothing : ActivityAnswer
    {
        /// <summary>The one instance.</summary>
        public static readonly Nothing Instance = new();
    }

    /// <summary>Too many workers wait already.</summary>
    public sealed record TooMany : ActivityAnswer
    {
        /// <summary>The one instance.</summary>
        public static readonly TooMany Instance = new();
    }

    /// <summary>What became of the poll is not known: the activity has failed, or an execution did not answer in time.</summary>
    public sealed record Lost : ActivityAnswer
    {
        /// <summary>The one instance.</summary>
        public static readonly Lost Instance = new();
    }
}
