namespace Cluster.Protocol.Nodes;

/// <summary>What the register answers: the closed family.</summary>
public abstract record RegisterAnswer
{
    private RegisterAnswer()
    {
    }

    /// <summary>The lease lasts from the request's time on.</summary>
    /// <param name="Request">What was asked.</param>
    /// <param name="View">The register at that moment, the node itself among its nodes.</param>
    public sealed record Renewed(RegisterRequest.Renew Request, RegisterView View) : RegisterAnswer;

    /// <summary>Shards changed hands.</summary>
    /// <param name="Request">What was asked: a <see cref="RegisterRequest.Take"/> or a <see cref="RegisterRequest.HandOver"/>.</param>
    /// <param name="Shards">Those that did, as they stand now; all others are as they were.</param>
    public sealed record Granted(RegisterRequest Request, IReadOnlyList<ShardStanding> Shards) : RegisterAnswer;

    /// <summary>The node has left.</summary>
    /// <param name="Request">What was asked.</param>
    public sealed record Left(RegisterRequest.Leave Request) : RegisterAnswer;

    /// <summary>The store could not be asked, or its answer was lost: the request may have been carried out, or may still be.</summary>
    /// <param name="Request">What was asked.</param>
    /// <param name="Reason">Why, for the log.</param>
    public sealed record Failed(RegisterRequest Request, string Reason) : RegisterAnswer;
}
